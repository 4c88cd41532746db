package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Expression.For;
import dev.cloudmend.terraform.hcl.Expression.Heredoc;
import dev.cloudmend.terraform.hcl.Expression.Quoted;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Collects the references of an expression, without the names that a {@code for} in it binds. */
final class References {

  private final Deque<String> bound = new ArrayDeque<>();
  private final List<Reference> found = new ArrayList<>();

  private References() {}

  static List<Reference> in(Expression expression) {
    References references = new References();
    references.collect(expression);
    return List.copyOf(references.found);
  }

  static List<Expression> join(List<Expression> first, List<Expression> second) {
    List<Expression> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  private void collect(Expression expression) {
    switch (expression) {
      case For loop -> {
        collect(loop.collection());
        loop.variables().forEach(bound::push);
        loop.inner().forEach(this::collect);
        loop.variables().forEach(name -> bound.pop());
      }
      case Quoted quoted -> collect(quoted.parts());
      case Heredoc heredoc -> collect(heredoc.parts());
      default -> {
        if (expression instanceof Reference reference && !bound.contains(reference.root())) {
          found.add(reference);
        }
        expression.children().forEach(this::collect);
      }
    }
  }

  private void collect(List<Template> parts) {
    Deque<List<String>> open = new ArrayDeque<>();
    for (Template part : parts) {
      switch (part) {
        case Template.Text text -> {}
        case Template.Interpolation interpolation -> collect(interpolation.value());
        case Template.Directive directive -> {
          directive.value().ifPresent(this::collect);
          if (directive.keyword().equals("for")) {
            directive.variables().forEach(bound::push);
            open.push(directive.variables());
          } else if (directive.keyword().equals("endfor") && !open.isEmpty()) {
            open.pop().forEach(name -> bound.pop());
          }
        }
      }
    }
    open.forEach(names -> names.forEach(name -> bound.pop()));
  }
}
