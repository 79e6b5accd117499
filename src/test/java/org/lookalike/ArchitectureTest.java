package org.lookalike;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import ij.IJ;
import ij.ImagePlus;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Holds the packages to the table of floors: a package uses only those below it.
 *
 * <p>Floors that have not been built yet are optional layers: their rules wait for them.
 */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.lookalike");

  /** Methods of {@link IJ} that open a dialog or talk to ImageJ's own windows. */
  private static final Set<String> IJ_DIALOGS =
      Set.of(
          "error",
          "getNumber",
          "getString",
          "handleException",
          "noImage",
          "outOfMemory",
          "run",
          "runPlugIn",
          "setKeyDown",
          "showMessage",
          "showMessageWithCancel",
          "showStatus",
          "showProgress",
          "wait");

  private static final String[] BELOW_THE_SURFACE = {
    "org.lookalike.augment..",
    "org.lookalike.lab..",
    "org.lookalike.train..",
    "org.lookalike.metrics..",
    "org.lookalike.gan..",
    "org.lookalike.nn..",
    "org.lookalike.image.."
  };

  @Test
  void floors_use_only_floors_below() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.lookalike..")
        .withOptionalLayers(true)
        .layer("Main")
        .definedBy("org.lookalike")
        .layer("imagej")
        .definedBy("org.lookalike.imagej..")
        .layer("cli")
        .definedBy("org.lookalike.cli..")
        .layer("augment")
        .definedBy("org.lookalike.augment..")
        .layer("lab")
        .definedBy("org.lookalike.lab..")
        .layer("train")
        .definedBy("org.lookalike.train..")
        .layer("metrics")
        .definedBy("org.lookalike.metrics..")
        .layer("gan")
        .definedBy("org.lookalike.gan..")
        .layer("nn")
        .definedBy("org.lookalike.nn..")
        .layer("image")
        .definedBy("org.lookalike.image..")
        .whereLayer("Main")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("imagej")
        .mayOnlyBeAccessedByLayers("Main")
        .whereLayer("cli")
        .mayOnlyBeAccessedByLayers("Main")
        .whereLayer("augment")
        .mayOnlyBeAccessedByLayers("Main", "imagej", "cli")
        .whereLayer("lab")
        .mayOnlyBeAccessedByLayers("Main", "imagej", "cli")
        .whereLayer("train")
        .mayOnlyBeAccessedByLayers("Main", "imagej", "cli", "augment", "lab")
        .whereLayer("metrics")
        .mayOnlyBeAccessedByLayers("Main", "imagej", "cli", "augment", "lab")
        .whereLayer("gan")
        .mayOnlyBeAccessedByLayers("Main", "imagej", "cli", "augment", "lab", "train", "metrics")
        .whereLayer("nn")
        .mayOnlyBeAccessedByLayers(
            "Main", "imagej", "cli", "augment", "lab", "train", "metrics", "gan")
        .whereLayer("image")
        .mayOnlyBeAccessedByLayers(
            "Main", "imagej", "cli", "augment", "lab", "train", "metrics", "gan")
        .check(HOUSE);
  }

  @Test
  void every_class_lives_on_a_floor_of_the_table() {
    classes()
        .should()
        .resideInAnyPackage(
            "org.lookalike",
            "org.lookalike.imagej..",
            "org.lookalike.cli..",
            "org.lookalike.augment..",
            "org.lookalike.lab..",
            "org.lookalike.train..",
            "org.lookalike.metrics..",
            "org.lookalike.gan..",
            "org.lookalike.nn..",
            "org.lookalike.image..")
        .check(HOUSE);
  }

  @Test
  void floors_have_no_cycles() {
    SlicesRuleDefinition.slices()
        .matching("org.lookalike.(*)..")
        .should()
        .beFreeOfCycles()
        .check(HOUSE);
  }

  @Test
  void nn_knows_only_dl4j_and_nd4j() {
    classes()
        .that()
        .resideInAPackage("org.lookalike.nn..")
        .should()
        .onlyDependOnClassesThat(
            // JavaCPP is ND4J's own layer to native memory; only it knows how much is left.
            resideInAnyPackage(
                    "org.lookalike.nn..",
                    "org.deeplearning4j..",
                    "org.nd4j..",
                    "org.bytedeco.javacpp..",
                    "org.bytedeco.dnnl..")
                .or(jdkWithoutDesktop()))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void only_one_room_knows_onednn() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.lookalike.nn.onednn..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco.dnnl..")
        .check(HOUSE);
  }

  @Test
  void only_onnx_features_knows_onnx_runtime() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.lookalike.metrics.OnnxFeatures")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai.onnxruntime..")
        .check(HOUSE);
  }

  @Test
  void image_knows_only_the_data_and_files_of_ij() {
    noClasses()
        .that()
        .resideInAPackage("org.lookalike.image..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ij.gui..", "ij.plugin..", "ij.macro..", "ij.text..", "org.scijava..")
        .orShould(ArchConditions.callMethodWhere(dialogOfIj()))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void cli_knows_no_desktop() {
    noClasses()
        .that()
        .resideInAPackage("org.lookalike.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.swing..", "ij.gui..", "org.scijava..")
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void only_the_surface_opens_windows() {
    noClasses()
        .that()
        .resideInAnyPackage(BELOW_THE_SURFACE)
        .or()
        .resideInAPackage("org.lookalike.cli..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("javax.swing..", "java.awt.event..")
                .or(assignableTo(java.awt.Component.class)))
        .orShould(ArchConditions.callMethodWhere(dialogOfIj()))
        .orShould()
        .callMethod(ImagePlus.class, "show")
        .orShould()
        .callMethod(ImagePlus.class, "show", String.class)
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  @Test
  void only_main_ends_the_process() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("org.lookalike.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(HOUSE);
  }

  @Test
  void models_are_never_read_by_java_serialisation() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(java.io.ObjectInputStream.class, java.io.ObjectOutputStream.class)
        .check(HOUSE);
  }

  private static DescribedPredicate<JavaClass> jdkWithoutDesktop() {
    return resideInAnyPackage("java..")
        .and(DescribedPredicate.not(resideInAnyPackage("java.awt..")))
        .or(describe("primitives and their arrays", ArchitectureTest::isPrimitive));
  }

  private static boolean isPrimitive(JavaClass type) {
    return type.getBaseComponentType().isPrimitive();
  }

  private static DescribedPredicate<JavaMethodCall> dialogOfIj() {
    return describe(
        "opens one of IJ's dialogs",
        call ->
            call.getTargetOwner().isEquivalentTo(IJ.class) && IJ_DIALOGS.contains(call.getName()));
  }
}
