package dev.cloudmend.terraform.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

  @Test
  void indentsByTheBracketsThatAreOpen() {
    assertThat(
            Format.of(
                """
                resource "x" "y" {
                a = [
                      { b = 1 },
                f({
                c = 2
                  }),
                ]
                    nested {
                  }
                }
                """))
        .isEqualTo(
            """
            resource "x" "y" {
              a = [
                { b = 1 },
                f({
                  c = 2
                }),
              ]
              nested {
              }
            }
            """);
  }

  @Test
  void linesUpWhatFollowsEachOtherAndNothingElse() {
    assertThat(
            Format.of(
                """
                a=1# one
                long_name = 2 // two
                bb = 3

                c = 4
                d_list = [
                ]
                e=5
                # a comment stands between
                ff = {
                k = 1, "key" = 2
                "é" = 3 /* not at the end */
                (other)= 4
                }
                """))
        .isEqualTo(
            """
            a         = 1 # one
            long_name = 2 // two
            bb        = 3

            c = 4
            d_list = [
            ]
            e = 5
            # a comment stands between
            ff = {
              k       = 1, "key" = 2
              "é"     = 3 /* not at the end */
              (other) = 4
            }
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a={b=1}|a = { b = 1 }",
        "a = { }|a = {}",
        "a = [ 1,2 , ]|a = [1, 2, ]",
        "a = - 1 - -b [ 0 ]|a = -1 - -b[0]",
        "a = ! b&&c|a = !b && c",
        "a = b ? - 1:f ( c ... )|a = b ? -1 : f(c...)",
        "a = { for k,v in[b] : k=>-v... }|a = { for k, v in [b] : k => - v... }",
        "a = p::q::r (x) . y [*] . z|a = p::q::r(x).y[*].z",
        "a = 1.5e3*c.0.d|a = 1.5e3 * c.0.d",
        "a = \"x ${ b }${c} %{ if d }y%{endif}\"|a = \"x ${b}${c} %{if d}y%{endif}\"",
        "a = \"${ { b = 1 } } \"|a = \"${ { b = 1 } } \"",
        "a = \"${ b [ \"c\" ] }\"|a = b[\"c\"]",
        "a = \"${b}${c}\"|a = \"${b}${c}\"",
        "a = \"${~ \"${b}\" ~}\"|a = \"${b}\"",
        "a /* x */=1|a /* x */ = 1",
        "one { a=1 }|one { a = 1 }",
        "one   b  \"c\\u00e9\" {}|one \"b\" \"cé\" {}",
        "one /* lost */ \"a$b\" /* kept */ {}|one /* kept */ {}",
      })
  void putsOneBlankWhereItBelongs(String before, String after) {
    assertThat(Format.of(before)).isEqualTo(after);
  }

  @Test
  void aValueOverSeveralLinesIsPutIntoParentheses() {
    assertThat(Format.of("a = \"${\n  b ?\n  c : d\n}\"\n")).isEqualTo("a = (b ?\nc : d)\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"string\"|string",
        "\"list\"|list(string)",
        "\"map\"|map(string)",
        "\"set\"|\"set\"",
        "list|list(any)",
        "map|map(any)",
        "set|set(any)",
        "bool|bool",
      })
  void spellsTypeConstraintsOfOldAnew(String before, String after) {
    assertThat(Format.of("variable x {\n  type = " + before + "\n}\n"))
        .isEqualTo("variable \"x\" {\n  type = " + after + "\n}\n");
    assertThat(Format.of("x {\n  variable {\n    type = " + before + "\n  }\n}\n"))
        .contains("    type = " + before + "\n");
  }

  @Test
  void leavesTextsAndHeredocsButNotWhatTheyInterpolate() {
    assertThat(
            Format.of(
                """
                a = <<-EOT
                   x   =  ${ b }  $${ c }
                 #  y
                     EOT
                bb = f(<<EOT
                {
                EOT
                )
                """))
        .isEqualTo(
            """
            a = <<-EOT
               x   =  ${b}  $${ c }
             #  y
                 EOT
            bb = f(<<EOT
            {
            EOT
            )
            """);
  }

  @Test
  void keepsLineEndsAndTheBlanksOfTheLastLineAndLosesAByteOrderMark() {
    assertThat(Format.of("\uFEFFa=1\r\nbbb=2\r\n\r\n\r\n \t"))
        .isEqualTo("a   = 1\r\nbbb = 2\r\n\r\n\r\n  ");
    assertThat(Format.of("\uFEFF")).isEqualTo("   ");
    assertThat(Format.of("")).isEmpty();
  }

  @Test
  void countsUserPerceivedCharacters() {
    assertThat(Columns.of("größe")).isEqualTo(5);
    assertThat(Columns.of("e\u0301")).isEqualTo(1);
    assertThat(Columns.of("👨‍👩‍👧🇩🇪👍🏽")).isEqualTo(3);
    assertThat(Columns.of("한글")).isEqualTo(2);
    assertThat(Columns.of("क्षক্‍ষ")).isEqualTo(4);
    assertThat(Columns.of("a\r\nb")).isEqualTo(3);
  }

  @Test
  void saysWhetherAFileIsClean() {
    assertThat(Format.isClean("a = 1\n")).isTrue();
    assertThat(Format.isClean("a= 1\n")).isFalse();
    assertThat(Format.isClean("\uFEFFa = 1\n")).isFalse();
  }

  @Test
  void whatIsNotHclIsRefusedAsTheParserDoes() {
    assertThatThrownBy(() -> Format.of("a = \n"))
        .isInstanceOf(HclException.class)
        .hasMessage("the text:1:5: the end of the line; expected an expression");
  }
}
