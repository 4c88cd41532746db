package dev.cloudmend.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** The tables beside the classes against the SDK that is used. */
class OperationTableTest {

  // Their members have other names in the SDK than in the API.
  private static final Set<String> NOT_FROM_DATA = Set.of("CopyObject", "UploadPartCopy");

  @ParameterizedTest
  @EnumSource
  void everyOperationOfTheTableIsOneOfTheSdk(Service service) {
    assertThat(OperationTable.of(service).names())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(Operation.find(service, name)).as(name).isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void everyOperationOfTheSdkWithoutStreamsIsInTheTable(Service service)
      throws ReflectiveOperationException {
    Set<String> sdk =
        SdkOperations.of(service).stream()
            .filter(way -> !way.streams())
            .map(SdkOperations.Way::javaName)
            .filter(name -> !NOT_FROM_DATA.contains(name))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(sdk).isNotEmpty();
    assertThat(sdk)
        .filteredOn(name -> OperationTable.of(service).byJavaName(name).isEmpty())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyRequiredMemberIsOneOfTheSdk(Service service) {
    var wrong = new ArrayList<String>();
    for (String name : OperationTable.of(service).names()) {
      SdkPojo request = Operation.find(service, name).orElseThrow().newRequest();
      for (Requirement requirement : OperationTable.of(service).requirements(name)) {
        Optional<SdkPojo> holder = holder(request, requirement.above());
        if (holder.isEmpty()
            || !Members.of(holder.get()).keySet().containsAll(requirement.oneOf())) {
          wrong.add(name + " " + requirement);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Optional<SdkPojo> holder(SdkPojo from, List<String> above) {
    SdkPojo at = from;
    for (String step : above) {
      Map<String, SdkField<?>> members = Members.of(at);
      SdkField<?> field = members.get(step.replace("[]", ""));
      if (field == null) {
        return Optional.empty();
      }
      if (field.containsTrait(ListTrait.class)) {
        field = field.getTrait(ListTrait.class).memberFieldInfo();
      } else if (field.containsTrait(MapTrait.class)) {
        field = field.getTrait(MapTrait.class).valueFieldInfo();
      }
      at = field.constructor().get();
    }
    return Optional.of(at);
  }
}
