package dev.cloudmend.terraform.locate;

import static dev.cloudmend.terraform.locate.LocatorTest.assertFound;
import static dev.cloudmend.terraform.locate.LocatorTest.assertNotCertain;
import static dev.cloudmend.terraform.locate.States.bucket;
import static dev.cloudmend.terraform.locate.States.ec2;
import static dev.cloudmend.terraform.locate.States.iam;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.Sources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatorWithoutStateTest {

  private static final String TRACE = "7f4a3c1e-0000-4000-8000-000000000001";
  private static final String TRACED =
      """
      resource "%s" "%s" {
        tags = merge(var.tags, {
          git_file  = "any"
          yor_trace = "%s"
        })
      }
      """;

  @ParameterizedTest
  @CsvSource({"prod/main.tf", "infra/prod/main.tf"})
  void findsTheBlockThatYorNamed(String gitFile) {
    Project project =
        Sources.project(
            "prod/main.tf",
            TRACED.formatted("aws_vpc", "main", TRACE),
            "dev/main.tf",
            TRACED.formatted("aws_vpc", "main", TRACE));
    assertFound(
        locate(project, ec2("vpc/vpc-1"), Map.of("yor_trace", TRACE, "git_file", gitFile)),
        "prod/main.tf",
        Way.TAGS,
        "aws_vpc.main");
  }

  @Test
  void withoutAFileTheNameOfTheBlockHasToFit() {
    Project project = Sources.project("main.tf", TRACED.formatted("aws_vpc", "main", TRACE));
    assertFound(
        locate(project, ec2("vpc/vpc-1"), Map.of("yor_trace", TRACE, "yor_name", "main")),
        "main.tf",
        Way.TAGS,
        "aws_vpc.main");
    assertNotCertain(
        locate(project, ec2("vpc/vpc-1"), Map.of("yor_trace", TRACE, "yor_name", "other")),
        "in another place",
        "aws_vpc.main");
    assertNotCertain(
        locate(project, ec2("vpc/vpc-1"), Map.of("yor_trace", TRACE)),
        "in another place",
        "aws_vpc.main");
  }

  @Test
  void aTraceInAnotherFileIsACandidateOnly() {
    Project project = Sources.project("xmain.tf", TRACED.formatted("aws_vpc", "main", TRACE));
    assertNotCertain(
        locate(project, ec2("vpc/vpc-1"), Map.of("yor_trace", TRACE, "git_file", "main.tf")),
        "in another place",
        "aws_vpc.main");
  }

  @Test
  void aTraceThatTwoBlocksHoldDecidesNothing() {
    Project project =
        Sources.project(
            "main.tf",
            TRACED.formatted("aws_vpc", "a", TRACE) + TRACED.formatted("aws_vpc", "b", TRACE));
    assertNotCertain(
        locate(project, ec2("vpc/vpc-1"), Map.of("yor_trace", TRACE, "git_file", "main.tf")),
        "several blocks hold",
        "aws_vpc.a",
        "aws_vpc.b");
  }

  @Test
  void anInstanceThatCarriesTheTagsOfItsTemplateIsNotTheTemplate() {
    Project project =
        Sources.project("main.tf", TRACED.formatted("aws_launch_template", "t", TRACE));
    assertNotCertain(
        locate(project, ec2("instance/i-1"), Map.of("yor_trace", TRACE, "git_file", "main.tf")),
        "a block of another type",
        "aws_launch_template.t");
  }

  @Test
  void aTraceThatAModuleCallGivesNamesTheCall() {
    Project project =
        Sources.project(
            "main.tf",
            """
            module "net" {
              source = "terraform-aws-modules/vpc/aws"
              tags = {
                yor_trace = "%s"
              }
            }
            """
                .formatted(TRACE));
    assertNotCertain(
        locate(project, ec2("vpc/vpc-1"), Map.of("yor_trace", TRACE, "git_file", "main.tf")),
        "given by module.net in main.tf:1");
  }

  @Test
  void aTraceThatStandsNowhereLeavesTheName() {
    Project project =
        Sources.project("main.tf", "resource \"aws_s3_bucket\" \"b\" {\n  bucket = \"logs\"\n}\n");
    assertFound(
        locate(project, bucket("logs"), Map.of("yor_trace", TRACE, "git_file", "main.tf")),
        "main.tf",
        Way.NAME,
        "aws_s3_bucket.b");
  }

  @Test
  void aNameThatContradictsTheTagsDecidesNothing() {
    Project project =
        Sources.project(
            "main.tf",
            TRACED.formatted("aws_s3_bucket", "traced", TRACE)
                + "resource \"aws_s3_bucket\" \"named\" {\n  bucket = \"logs\"\n}\n");
    assertNotCertain(
        locate(project, bucket("logs"), Map.of("yor_trace", TRACE, "git_file", "other.tf")),
        "in another place",
        "aws_s3_bucket.traced");
  }

  @ParameterizedTest
  @CsvSource({
    "role/app, '', YES",
    "role/team/app, 'path = \"/team/\"', YES",
    "role/team/app, '', NO",
    "role/app, 'path = \"/team/\"', NO",
    "role/team/app, 'path = var.unknown', NO",
    "role/App, '', NO",
    "user/app, '', NO"
  })
  void aNameOfIamCountsWithItsPath(String part, String path, String certain) {
    Project project =
        Sources.project(
            "main.tf",
            "resource \"aws_iam_role\" \"r\" {\n  name = \"app\"\n  %s\n}\n".formatted(path));
    assertThat(locate(project, iam(part), Map.of()) instanceof Location.Found)
        .isEqualTo(certain.equals("YES"));
  }

  @Test
  void followsANameThroughVariablesAndCalls() {
    Project project =
        Sources.project(
            "main.tf",
            """
            locals {
              prefix = "acme"
            }

            module "logs" {
              source = "./logs"
              name   = "${local.prefix}-logs"
            }
            """,
            "logs/main.tf",
            """
            variable "name" {}

            resource "aws_s3_bucket" "this" {
              bucket = var.name
            }
            """);
    assertFound(
        locate(project, bucket("acme-logs"), Map.of()),
        "logs/main.tf",
        Way.NAME,
        "module.logs.aws_s3_bucket.this");
  }

  @Test
  void aModuleWithCallersOfSeveralNamesIsACandidateOnly() {
    String call = "module \"%s\" {\n  source = \"./logs\"\n  name = \"%s\"\n}\n";
    Project project =
        Sources.project(
            "main.tf",
            call.formatted("a", "acme-a") + call.formatted("b", "acme-b"),
            "logs/main.tf",
            "variable \"name\" {}\nresource \"aws_s3_bucket\" \"this\" {\n  bucket = var.name\n}\n");
    assertNotCertain(
        locate(project, bucket("acme-a"), Map.of()),
        "no block is known to have its name",
        "aws_s3_bucket.this");
  }

  @Test
  void theAddressOfABlockWithSeveralCallersIsItsOwn() {
    String call = "module \"%s\" {\n  source = \"./logs\"\n}\n";
    Project project =
        Sources.project(
            "main.tf",
            call.formatted("a") + call.formatted("b"),
            "logs/main.tf",
            "resource \"aws_iam_role\" \"this\" {\n  name = \"app\"\n}\n");
    assertFound(
        locate(project, iam("role/app"), Map.of()), "logs/main.tf", Way.NAME, "aws_iam_role.this");
  }

  @Test
  void modulesThatCallEachOtherEnd() {
    Project project =
        Sources.project(
            "a/main.tf",
            "module \"b\" {\n  source = \"../b\"\n}\n",
            "b/main.tf",
            """
            module "a" {
              source = "../a"
            }
            resource "aws_s3_bucket" "x" {
              bucket = "logs"
            }
            """);
    assertThat(locate(project, bucket("logs"), Map.of())).isInstanceOf(Location.Found.class);
  }

  @Test
  void whatIsNotMadeHasNoName() {
    Project project =
        Sources.project(
            "main.tf",
            "resource \"aws_s3_bucket\" \"b\" {\n  count  = 0\n  bucket = \"logs\"\n}\n");
    assertNotCertain(locate(project, bucket("logs"), Map.of()), "no block is known");
  }

  @Test
  void whatAwsNamesIsNotInSource() {
    Project project = Sources.project("main.tf", "resource \"aws_security_group\" \"g\" {}\n");
    assertNotCertain(locate(project, ec2("security-group/sg-1"), Map.of()), "AWS gives its id");
  }

  @Test
  void aTypeThatIsNotKnownIsNotGuessed() {
    Project project = Sources.project("main.tf", "resource \"aws_glue_job\" \"g\" {}\n");
    assertNotCertain(
        locate(project, States.resource("arn:aws:glue:eu-west-1:111122223333:job/x"), Map.of()),
        "its type is not known here");
    assertNotCertain(locate(project, bucket("logs/key"), Map.of()), "its type is not known here");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:lambda:eu-west-1:111122223333:function:f:7, aws_lambda_function, function_name, f",
    "arn:aws:sqs:eu-west-1:111122223333:q, aws_sqs_queue, name, q",
    "arn:aws:sns:eu-west-1:111122223333:t, aws_sns_topic, name, t",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/t, aws_dynamodb_table, name, t",
    "arn:aws:logs:eu-west-1:111122223333:log-group:/a/b:*, aws_cloudwatch_log_group, name, /a/b",
    "arn:aws:cloudtrail:eu-west-1:111122223333:trail/t, aws_cloudtrail, name, t",
    "arn:aws:rds:eu-west-1:111122223333:db:d, aws_db_instance, identifier, d",
    "arn:aws:ecr:eu-west-1:111122223333:repository/a/b, aws_ecr_repository, name, a/b",
    "arn:aws:kms:eu-west-1:111122223333:alias/a, aws_kms_alias, name, alias/a",
    "arn:aws:iam::111122223333:policy/p, aws_iam_policy, name, p",
    "arn:aws:iam::111122223333:group/g, aws_iam_group, name, g",
    "arn:aws:iam::111122223333:user/u, aws_iam_user, name, u",
    "arn:aws:autoscaling:eu-west-1:111122223333:launchConfiguration:0-1:launchConfigurationName/l, aws_launch_configuration, name, l",
    "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:0-1:autoScalingGroupName/g, aws_autoscaling_group, name, g"
  })
  void knowsWhereANameStands(String arn, String type, String attribute, String name) {
    Project project =
        Sources.project(
            "main.tf",
            "resource \"%s\" \"x\" {\n  %s = \"%s\"\n}\n".formatted(type, attribute, name));
    assertFound(locate(project, States.resource(arn), Map.of()), "main.tf", Way.NAME, type + ".x");
  }

  /**
   * A generated project.
   *
   * @param names the buckets' names, by number of the block
   */
  record Buckets(Project project, List<String> names) {}

  @Property(tries = 300)
  void aBlockIsFoundByItsNameWhenNoOtherHasIt(@ForAll("buckets") Buckets buckets) {
    Map<String, Integer> count = new HashMap<>();
    buckets.names().forEach(name -> count.merge(name, 1, Integer::sum));
    for (int i = 0; i < buckets.names().size(); i++) {
      String name = buckets.names().get(i);
      Location location = locate(buckets.project(), bucket(name), Map.of());
      if (count.getOrDefault(name, 0) == 1) {
        assertThat(location).isInstanceOf(Location.Found.class);
        assertThat(((Location.Found) location).resource().name()).isEqualTo("b" + i);
      } else {
        assertThat(location).isInstanceOf(Location.NotCertain.class);
        assertThat(((Location.NotCertain) location).candidates())
            .hasSize(count.getOrDefault(name, 0));
      }
    }
  }

  @Provide
  Arbitrary<Buckets> buckets() {
    Arbitrary<String> names = Arbitraries.integers().between(0, 12).map(n -> "name-" + n);
    Arbitrary<Integer> shapes = Arbitraries.integers().between(0, 3);
    return names
        .list()
        .ofMinSize(1)
        .ofMaxSize(10)
        .flatMap(
            all ->
                shapes
                    .list()
                    .ofSize(all.size())
                    .map(forms -> new Buckets(generated(all, forms), all)));
  }

  /** Each block in a module of its own: the name in place, by a default, or by its call. */
  private static Project generated(List<String> names, List<Integer> shapes) {
    var files = new ArrayList<String>();
    var calls = new StringBuilder();
    IntStream.range(0, names.size())
        .forEach(
            i -> {
              String quoted = "\"" + names.get(i) + "\"";
              int shape = shapes.get(i);
              files.add("m" + i % 4 + (shape == 2 ? "called" + i : "") + "/f" + i + ".tf");
              files.add(
                  """
                  variable "v%d" {
                    %s
                  }

                  resource "aws_s3_bucket" "b%d" {
                    bucket = %s
                  }
                  """
                          .formatted(
                              i,
                              shape == 1 ? "default = " + quoted : "",
                              i,
                              shape == 0 ? quoted : shape == 3 ? "local.l" + i : "var.v" + i)
                      + (shape == 3 ? "\nlocals {\n  l%d = %s\n}\n".formatted(i, quoted) : ""));
              if (shape == 2) {
                calls.append(
                    "module \"c%d\" {\n  source = \"./m%dcalled%d\"\n  v%d = %s\n}\n"
                        .formatted(i, i % 4, i, i, quoted));
              }
            });
    files.add("main.tf");
    files.add(calls.toString());
    return Sources.project(files.toArray(String[]::new));
  }

  private static Location locate(Project project, ResourceRef resource, Map<String, String> tags) {
    return new Locator(project, List.of()).locate(resource, tags);
  }
}
