/**
 * The composition root: {@link org.lookalike.Main} alone knows every floor of the house and puts
 * them together.
 */
package org.lookalike;
