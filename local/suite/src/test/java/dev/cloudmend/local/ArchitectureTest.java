package dev.cloudmend.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.cloudmend.aws.AwsWriter;
import dev.cloudmend.aws.WritingClients;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@AnalyzeClasses(packages = "dev.cloudmend", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String STEP_FUNCTIONS = "software.amazon.awssdk.services.sfn..";
  private static final String BEDROCK = "software.amazon.awssdk.services.bedrock*..";

  private static final String[] FUNCTIONS = {
    "dev.cloudmend.intake..",
    "dev.cloudmend.assessor..",
    "dev.cloudmend.diagnoser..",
    "dev.cloudmend.decider..",
    "dev.cloudmend.remediator..",
    "dev.cloudmend.propener..",
    "dev.cloudmend.auditwriter.."
  };

  @ArchTest
  static final ArchRule dependenciesPointInwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("model")
          .definedBy("dev.cloudmend.model..")
          .layer("aws")
          .definedBy("dev.cloudmend.aws..")
          .layer("store")
          .definedBy("dev.cloudmend.store..")
          .layer("playbooks")
          .definedBy("dev.cloudmend.playbooks..")
          .layer("configuration")
          .definedBy("dev.cloudmend.configuration..")
          .layer("terraform")
          .definedBy("dev.cloudmend.terraform..")
          .layer("pull-requests")
          .definedBy("dev.cloudmend.pullrequests..")
          .layer("source-fixes")
          .definedBy("dev.cloudmend.sourcefixes..")
          .layer("claude")
          .definedBy("dev.cloudmend.claude..")
          .layer("function")
          .definedBy("dev.cloudmend.function..")
          .layer("functions")
          .definedBy(FUNCTIONS)
          .layer("local")
          .definedBy("dev.cloudmend.local..")
          .layer("emulators")
          .definedBy("dev.cloudmend.emulators..")
          .layer("states")
          .definedBy("dev.cloudmend.states..")
          .layer("endpoint")
          .definedBy("dev.cloudmend.endpoint..")
          .layer("git-host")
          .definedBy("dev.cloudmend.githost..")
          .whereLayer("local")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("endpoint")
          .mayOnlyBeAccessedByLayers("local")
          .whereLayer("emulators")
          .mayOnlyBeAccessedByLayers("endpoint", "local")
          .whereLayer("states")
          .mayOnlyBeAccessedByLayers("endpoint", "local")
          .whereLayer("git-host")
          .mayOnlyBeAccessedByLayers("local")
          .whereLayer("functions")
          .mayOnlyBeAccessedByLayers("local")
          .whereLayer("function")
          .mayOnlyBeAccessedByLayers("functions", "local")
          .whereLayer("configuration")
          .mayOnlyBeAccessedByLayers("function", "functions", "local")
          .whereLayer("playbooks")
          .mayOnlyBeAccessedByLayers("configuration", "function", "functions", "local")
          .whereLayer("source-fixes")
          .mayOnlyBeAccessedByLayers("functions", "local")
          .whereLayer("pull-requests")
          .mayOnlyBeAccessedByLayers("configuration", "source-fixes", "functions", "local")
          .whereLayer("claude")
          .mayOnlyBeAccessedByLayers("functions", "local")
          .whereLayer("terraform")
          .mayOnlyBeAccessedByLayers("source-fixes", "functions", "local")
          .whereLayer("store")
          .mayOnlyBeAccessedByLayers("function", "functions", "local")
          .whereLayer("aws")
          .mayOnlyBeAccessedByLayers("playbooks", "function", "functions", "local");

  @ArchTest
  static final ArchRule functionsDoNotKnowEachOther =
      com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices()
          .matching(
              "dev.cloudmend.(intake|assessor|diagnoser|decider|remediator|propener|auditwriter)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule onlyTheRemediatorWritesToATargetAccount =
      noClasses()
          .that()
          // The seed and the benchmarks fill an emulated account; they never know another.
          .resideOutsideOfPackages(
              "dev.cloudmend.remediator..",
              "dev.cloudmend.aws..",
              "dev.cloudmend.local.sandbox..",
              "dev.cloudmend.benchmarks..")
          .should()
          .dependOnClassesThat(are(type(WritingClients.class)).or(type(AwsWriter.class)));

  @ArchTest
  static final ArchRule clientsOfTargetAccountsAreBuiltInOnePlace =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.cloudmend.aws.ClientFactory")
          .and()
          // A deployed suite is reached like a store: never a resource that a finding names.
          .resideOutsideOfPackages(
              "dev.cloudmend.store..", "dev.cloudmend.aws..", "dev.cloudmend.local.deployment..")
          .should()
          .callCodeUnitWhere(buildsAClient());

  @ArchTest
  static final ArchRule bedrockIsCalledInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.cloudmend.claude..")
          .should()
          .dependOnClassesThat(resideInAPackage(BEDROCK));

  @ArchTest
  static final ArchRule whoProposesToTheSourceReachesNoTargetAccount =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.cloudmend.propener..",
              "dev.cloudmend.sourcefixes..",
              "dev.cloudmend.pullrequests..")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.cloudmend.aws.."));

  @ArchTest
  static final ArchRule ofTheFunctionsOnlyTheCloserCallsStepFunctions =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.cloudmend.auditwriter..", "dev.cloudmend.local.deployment..")
          .should()
          .dependOnClassesThat(resideInAPackage(STEP_FUNCTIONS));

  @ArchTest
  static final ArchRule sourceIsReadAndEditedWithoutANetwork =
      noClasses()
          .that()
          .resideInAPackage("dev.cloudmend.terraform..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("java.net..", "software.amazon..", "com.amazonaws.."));

  @ArchTest
  static final ArchRule nothingPresigns =
      noClasses().should().dependOnClassesThat().areAssignableTo(S3Presigner.class);

  @ArchTest
  static final ArchRule theModelKnowsNoSdk =
      noClasses()
          .that()
          .resideInAPackage("dev.cloudmend.model..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("software.amazon..", "com.amazonaws.."));

  @ArchTest
  static final ArchRule playbooksKnowNoSdk =
      noClasses()
          .that()
          .resideInAPackage("dev.cloudmend.playbooks..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("software.amazon..", "com.amazonaws.."));

  @ArchTest
  static final ArchRule coresKnowNoLambdaAndNoMicronaut =
      classes()
          .that()
          .resideInAnyPackage(FUNCTIONS)
          .and()
          .haveSimpleNameNotEndingWith("Handler")
          .and()
          .haveSimpleNameNotEndingWith("Factory")
          .and()
          // Micronaut's generated classes.
          .haveNameNotMatching(".*\\.\\$.*")
          .should()
          .onlyDependOnClassesThat(
              DescribedPredicate.not(
                  resideInAnyPackage("io.micronaut..", "com.amazonaws.services.lambda.runtime")));

  @ArchTest
  static final ArchRule theInterpreterKnowsTheLanguageOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.cloudmend.states..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.cloudmend..")
                  .and(DescribedPredicate.not(resideInAPackage("dev.cloudmend.states.."))));

  private static DescribedPredicate<JavaCall<?>> buildsAClient() {
    DescribedPredicate<JavaClass> client =
        com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(SdkClient.class)
            // These are no clients of target accounts, and the rules below say who may have them.
            .and(DescribedPredicate.not(resideInAnyPackage(BEDROCK, STEP_FUNCTIONS)));
    return DescribedPredicate.describe(
        "builder() or create() of an AWS client",
        call ->
            nameMatching("builder|create").test(call.getTarget())
                && client.test(call.getTargetOwner()));
  }
}
