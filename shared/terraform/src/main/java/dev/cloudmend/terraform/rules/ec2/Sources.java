package dev.cloudmend.terraform.rules.ec2;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.Call;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import dev.cloudmend.terraform.project.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whom a rule names: the world, and others.
 *
 * @param ranges the ranges that are the world, as they are written
 * @param lists the arguments with lists that hold such a range
 * @param others whether it names anybody beside the world, as far as can be told
 */
record Sources(List<String> ranges, List<Listing> lists, boolean others) {

  /**
   * An argument with a list that holds the world.
   *
   * @param written where the list is written out; several where several callers give the same
   * @param whole whether it holds nothing else
   */
  record Listing(String argument, List<Written> written, boolean whole) {}

  /** A list as it is written, and its elements that are the world. */
  record Written(Located list, Tuple tuple, List<Expression> world) {}

  private static final List<String> LISTS = List.of("cidr_blocks", "ipv6_cidr_blocks");
  private static final List<String> SINGLE =
      List.of("cidr_ipv4", "cidr_ipv6", "cidr_block", "ipv6_cidr_block");
  private static final List<String> GROUPS =
      List.of(
          "security_groups",
          "source_security_group_id",
          "referenced_security_group_id",
          "prefix_list_ids",
          "prefix_list_id",
          "self");

  static Sources of(Fields fields) {
    var ranges = new ArrayList<String>();
    var lists = new ArrayList<Listing>();
    boolean others = GROUPS.stream().anyMatch(name -> names(fields.value(name)));
    for (String name : LISTS) {
      Optional<Expression> expression = fields.written(name);
      if (expression.isEmpty()) {
        continue;
      }
      List<Optional<String>> texts =
          parts(expression.get()).stream().flatMap(part -> texts(fields, part).stream()).toList();
      List<String> world = texts.stream().flatMap(Optional::stream).filter(World::is).toList();
      if (world.isEmpty()) {
        others |= !texts.isEmpty();
        continue;
      }
      boolean whole = world.size() == texts.size();
      others |= !whole;
      ranges.addAll(world);
      lists.add(new Listing(name, written(fields, name), whole));
    }
    for (String name : SINGLE) {
      Value value = fields.value(name);
      if (World.is(value.text())) {
        ranges.addAll(value.text().stream().toList());
      } else {
        others |= names(value);
      }
    }
    return new Sources(ranges, lists, others);
  }

  /** The lists that one is put together of. */
  private static List<Expression> parts(Expression list) {
    return list instanceof Call call && call.name().equals("concat") && !call.expanded()
        ? call.arguments()
        : List.of(list);
  }

  private static List<Optional<String>> texts(Fields fields, Expression part) {
    return part instanceof Tuple tuple
        ? tuple.elements().stream().map(each -> fields.value(each).text()).toList()
        : texts(fields.value(part));
  }

  /** One empty text stands for a list that is not known. */
  private static List<Optional<String>> texts(Value value) {
    return switch (value) {
      case Value.Known known when known.value().isArray() ->
          Stream.iterate(0, i -> i < known.value().size(), i -> i + 1)
              .map(i -> known.value().get(i))
              .map(node -> Optional.of(node.asText()))
              .toList();
      case Value.Unset unset -> List.of();
      default -> List.of(Optional.empty());
    };
  }

  private static List<Written> written(Fields fields, String name) {
    return fields.written(name).stream()
        .flatMap(expression -> parts(expression).stream())
        .flatMap(part -> fields.follow(part).stream())
        .flatMap(part -> written(fields, part).stream())
        .toList();
  }

  private static List<Written> written(Fields fields, Located part) {
    if (part.expression() instanceof Tuple tuple) {
      boolean inContent = part.by().isEmpty() && part.file().equals(fields.resource().file());
      return written(
          part,
          tuple,
          each -> inContent ? fields.value(each).text() : part.with(each).value().text());
    }
    return part.value() instanceof Value.Known known
        ? known.origins().stream()
            .flatMap(origin -> Located.of(part.module(), origin).stream())
            .flatMap(
                origin ->
                    origin.expression() instanceof Tuple tuple
                        ? written(origin, tuple, each -> origin.with(each).value().text()).stream()
                        : Stream.of())
            .toList()
        : List.of();
  }

  private static List<Written> written(
      Located list, Tuple tuple, Function<Expression, Optional<String>> text) {
    List<Expression> world =
        tuple.elements().stream().filter(each -> World.is(text.apply(each))).toList();
    return world.isEmpty() ? List.of() : List.of(new Written(list, tuple, world));
  }

  /** Whether a value names somebody; what is not known may. */
  private static boolean names(Value value) {
    return switch (value) {
      case Value.Unset unset -> false;
      case Value.Unknown unknown -> true;
      case Value.Known known -> {
        JsonNode node = known.value();
        yield node.isArray() ? !node.isEmpty() : !node.asText().equals("false");
      }
    };
  }
}
