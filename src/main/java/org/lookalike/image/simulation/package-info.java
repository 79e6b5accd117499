/** Makes the sample images: fluorescence nuclei whose masks are known. */
package org.lookalike.image.simulation;
