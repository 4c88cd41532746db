package dev.cloudmend.configuration;

import dev.cloudmend.configuration.ProblemsTest.Case;
import java.util.List;

/** Files that are no such YAML as is taken. */
final class YamlProblems {

  static final List<Case> ALL =
      List.of(
          Case.of(
              "a file is empty",
              """
              # nothing
              """,
              "policy.yaml:1:1: is empty; expected exactly one YAML document, at least " + "{}"),
          Case.of(
              "a file says null",
              """
              ~
              """,
              "policy.yaml:1:1: is empty; expected exactly one YAML document, at least " + "{}"),
          Case.of(
              "a file is text",
              """
              rules
              """,
              "policy.yaml:1:1: is 'rules'; expected an object"),
          Case.of(
              "a key stands twice",
              """
              rules: []
              rules: []
              """,
              "policy.yaml:2:1: /rules: stands twice; first in line 1; expected each "
                  + "key only once"),
          Case.of(
              "an alias stands there",
              """
              rules: &r []
              other: *r
              """,
              "policy.yaml:2:8: /other: an alias (*) may not stand here; expected the "
                  + "value itself"),
          Case.of(
              "a tag stands there",
              """
              rules: !!seq []
              """,
              "policy.yaml:1:8: /rules: the tag 'tag:yaml.org,2002:seq' may not stand "
                  + "here; expected no tag"),
          Case.of(
              "a tag of a program stands there",
              """
              rules: !!javax.script.ScriptEngineManager []
              """,
              "policy.yaml:1:8: /rules: the tag "
                  + "'tag:yaml.org,2002:javax.script.ScriptEngineManager' may not stand "
                  + "here; expected no tag"),
          Case.of(
              "a key is a number",
              """
              rules: []
              1: a
              """,
              "policy.yaml:2:1: /1: the key '1' is not text; expected text; quote it"),
          Case.of(
              "a key is a list",
              """
              rules: []
              ? [a]
              : 2
              """,
              "policy.yaml:2:3: a key is not text; expected text as a key"),
          Case.of(
              "there are two documents",
              """
              rules: []
              ---
              rules: []
              """,
              "policy.yaml:2:1: another document begins; expected exactly one YAML " + "document"),
          Case.of(
              "a nest is too deep",
              """
              rules: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
              """,
              "policy.yaml:1:39: is nested too deep; expected at most 32 levels"),
          Case.of(
              "a bracket is not closed",
              """
              rules: [1
              other: 2
              """,
              "policy.yaml:2:6: expected ',' or ']', but got :, while parsing a flow "
                  + "sequence that began at 1:8; expected YAML 1.2"),
          Case.of(
              "a colon stands in plain text",
              """
              rules: a: b
              """,
              "policy.yaml:1:9: mapping values are not allowed here; expected YAML 1.2"),
          Case.of(
              "a tab stands in front",
              """
              rules:
              	- name: a
              """,
              "policy.yaml:2:1: found character '\\t(TAB)' that cannot start any "
                  + "token. (Do not use \\t(TAB) for indentation); expected YAML 1.2"),
          Case.of(
              "a number is endless",
              """
              rules: 99999999999999999999999999999999999999999
              """,
              "policy.yaml:1:8: /rules: the number "
                  + "'99999999999999999999999999999999999999999' is out of bounds; expected "
                  + "text; quote it"),
          Case.of(
              "a number is too large to be written",
              """
              rules: 1e999999999
              """,
              "policy.yaml:1:8: /rules: the number '1e999999999' is out of bounds; "
                  + "expected text; quote it"),
          Case.of(
              "a number is no number",
              """
              rules: .nan
              """,
              "policy.yaml:1:8: /rules: the number '.nan' is out of bounds; expected "
                  + "text; quote it"),
          Case.of(
              "the version is of another YAML",
              """
              %YAML 2.0
              ---
              rules: []
              """,
              "policy.yaml:1:1: is not readable: Version{major=2, minor=0}; expected "
                  + "YAML 1.2"),
          Case.of(
              "an escape is unknown",
              """
              rules: "\\q"
              """,
              "policy.yaml:1:10: found unknown escape character q(113), while scanning "
                  + "a double-quoted scalar that began at 1:8; expected YAML 1.2"),
          Case.of(
              "an anchor alone is harmless, what follows is checked",
              """
              rules: &a 3
              """,
              "policy.yaml:1:8: /rules: is the number 3; expected a list of at most "
                  + "1000 values"));

  private YamlProblems() {}
}
