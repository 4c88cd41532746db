package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ModuleCall;
import dev.cloudmend.terraform.project.ResourceBlock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What stands beside a VPC, or is certain not to. */
final class Beside {

  private static final String VPC = "aws_vpc";
  private static final String VPC_ID = "vpc_id";

  private Beside() {}

  /**
   * The VPCs of a module that have no resource of a type. Not those whose id leaves the module, for
   * one that could be declared for it elsewhere, nor those that could be meant by a {@code vpc_id}
   * which cannot be followed.
   */
  static List<ResourceBlock> vpcsWithout(Module module, String type) {
    if (module.resources(type).stream().anyMatch(each -> isUnclear(module, each))) {
      return List.of();
    }
    return module.resources(VPC).stream()
        .filter(vpc -> module.referring(type, VPC_ID, vpc, "id").isEmpty())
        .filter(vpc -> !couldBeElsewhere(module, vpc, type))
        .toList();
  }

  private static boolean isUnclear(Module module, ResourceBlock each) {
    Optional<Attribute> id = each.block().attribute(VPC_ID);
    // A flow log may be one of a subnet or of an interface.
    return id.isPresent()
        && id.get().value().string().isEmpty()
        && module.resources(VPC).stream().noneMatch(vpc -> vpc.isMeantBy(id.get().value()));
  }

  private static boolean couldBeElsewhere(Module module, ResourceBlock vpc, String type) {
    boolean given =
        module.calls().stream()
            .filter(
                call ->
                    call.block().body().attributes().stream()
                        .anyMatch(argument -> vpc.isMeantBy(argument.value())))
            .anyMatch(call -> couldDeclare(module, call, type));
    boolean told =
        module.files().stream()
            .flatMap(file -> file.blocks("output").stream())
            .flatMap(output -> output.attribute("value").stream())
            .anyMatch(value -> vpc.isMeantBy(value.value()));
    return given
        || (told
            && module.project().modules().stream()
                .filter(other -> other != module)
                .flatMap(other -> other.resources(type).stream())
                .anyMatch(each -> isUnclear(each.module(), each)));
  }

  /** A module from elsewhere may declare anything. */
  private static boolean couldDeclare(Module module, ModuleCall call, String type) {
    Optional<Path> folder = call.folder();
    return folder
        .flatMap(module.project()::module)
        .map(called -> !called.resources(type).isEmpty() || !called.calls().isEmpty())
        .orElse(true);
  }
}
