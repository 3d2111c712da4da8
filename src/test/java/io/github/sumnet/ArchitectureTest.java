package io.github.sumnet;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The house rule: a package imports only packages listed above it, and nothing goes round. */
class ArchitectureTest {
  private static final String ROOT = "io.github.sumnet";

  /** From the mathematics' nouns down to the command line. */
  private static final List<String> PACKAGES =
      List.of(
          "network",
          "data",
          "device",
          "engine",
          "simd",
          "gradcheck",
          "explain",
          "train",
          "bench",
          "report",
          "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void a_package_imports_only_packages_listed_above_it() {
    for (int i = 0; i < PACKAGES.size(); i++) {
      String[] below =
          PACKAGES.subList(i + 1, PACKAGES.size()).stream()
              .map(name -> ROOT + "." + name + "..")
              .toArray(String[]::new);
      if (below.length > 0) {
        ArchRuleDefinition.noClasses()
            .that()
            .resideInAPackage(ROOT + "." + PACKAGES.get(i) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(below)
            .check(CLASSES);
      }
    }
  }

  @Test
  void no_packages_depend_on_each_other_in_a_circle() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void every_package_is_on_the_list() {
    assertThat(CLASSES)
        .extracting(JavaClass::getPackageName)
        .map(name -> name.substring(ROOT.length() + 1).replaceFirst("\\..*", ""))
        .allSatisfy(name -> assertThat(PACKAGES).contains(name));
  }

  @Test
  void the_mathematics_and_the_data_know_nothing_of_nd4j() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".network..", ROOT + ".data..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to ND4J or DL4J",
                (JavaClass type) ->
                    type.getPackageName().startsWith("org.nd4j")
                        || type.getPackageName().startsWith("org.deeplearning4j")))
        .check(CLASSES);
  }

  @Test
  void only_one_package_knows_the_jdks_vectors_and_nobody_depends_on_it() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".simd..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jdk.incubator.vector..", ROOT + ".simd..")
        .check(CLASSES);
  }
}
