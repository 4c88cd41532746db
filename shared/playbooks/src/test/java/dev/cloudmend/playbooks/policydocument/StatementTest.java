package dev.cloudmend.playbooks.policydocument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

  private static final String STATEMENT =
      """
      {"Sid": "Read", "Effect": "Allow", "Principal": {"AWS": "111122223333"},
       "Action": "s3:GetObject", "Resource": "arn:aws:s3:::shop/*"}""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/Action | [\"s3:getobject\"]",
        "/Action | [\"s3:GetObject\", \"S3:GETOBJECT\"]",
        "/Resource | [\"arn:aws:s3:::shop/*\", \"arn:aws:s3:::shop/public/*\"]",
        "/Resource | \"arn:aws:s3:::shop/**\"",
        "/Principal | {\"AWS\": [\"arn:aws:iam::111122223333:root\"]}",
        "/Condition | {}",
        "/Condition | {\"Bool\": {}}",
        "/Sid | \"Other\""
      })
  void saysTheSameInAnotherSpelling(String member, String value) {
    assertThat(Statement.of(json()).isEquivalentTo(with(member, value))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/Action | \"s3:GetObjectAcl\"",
        "/Resource | \"arn:aws:s3:::SHOP/*\"",
        "/Principal | {\"AWS\": \"111122223334\"}",
        "/Principal | {\"Service\": \"111122223333\"}",
        "/Principal | {\"AWS\": \"arn:aws:iam::111122223333:user/root\"}",
        "/Condition | {\"Bool\": {\"aws:SecureTransport\": true}}",
        "/Effect | \"Deny\""
      })
  void saysSomethingElse(String member, String value) {
    Statement statement = Statement.of(json());
    Statement other = with(member, value);

    assertThat(statement.isEquivalentTo(other)).isFalse();
    assertThat(statement.covers(other) && other.covers(statement)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/Principal | \"*\"",
        "/Principal | {\"AWS\": [\"444455556666\", \"111122223333\"]}",
        "/Principal | {\"AWS\": \"111122223333\", \"Service\": \"x.amazonaws.com\"}",
        "/Action | \"s3:Get*\"",
        "/Action | [\"s3:PutObject\", \"s3:Get?bject\"]",
        "/Resource | \"*\"",
        "/Resource | \"arn:aws:s3:::shop*\""
      })
  void aWiderOneCoversIt(String member, String value) {
    assertThat(with(member, value).covers(Statement.of(json()))).isTrue();
    assertThat(Statement.of(json()).covers(with(member, value))).isFalse();
  }

  @Test
  void allButTheseCoversAllButMore() {
    Statement few = Statement.of(negated("[\"s3:PutObject\"]"));
    Statement more = Statement.of(negated("[\"s3:Put*\", \"s3:GetObject\"]"));

    assertThat(few.covers(more)).isTrue();
    assertThat(more.covers(few)).isFalse();
    assertThat(with("/Action", "\"*\"").covers(more)).isTrue();
    assertThat(with("/Action", "\"s3:*\"").covers(more)).isFalse();
    assertThat(few.covers(Statement.of(json()))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"Bool\": {\"a:b\": \"false\"}} | {\"Bool\": {\"A:B\": [false]}} | true",
        "{\"BoolIfExists\": {\"a:b\": \"false\"}} | {\"Bool\": {\"a:b\": \"false\"}} | true",
        "{\"Bool\": {\"a:b\": \"false\"}} | {\"BoolIfExists\": {\"a:b\": \"false\"}} | false",
        "{\"StringEquals\": {\"a:b\": [\"x\", \"y\"]}} | {\"StringEquals\": {\"a:b\": \"x\"}} | true",
        "{\"StringEquals\": {\"a:b\": \"x\"}} | {\"StringEquals\": {\"a:b\": [\"x\", \"y\"]}} | false",
        "{\"StringNotEquals\": {\"a:b\": [\"x\", \"y\"]}} | {\"StringNotEquals\": {\"a:b\": \"x\"}} | false",
        "{\"StringNotEquals\": {\"a:b\": \"x\"}} | {\"StringNotEquals\": {\"a:b\": [\"x\", \"y\"]}} | false",
        "{\"NumericLessThan\": {\"a:b\": 1.2}} | {\"NumericLessThan\": {\"a:b\": \"1.2\"}} | true",
        "{\"Null\": {\"a:b\": true}} | {\"Null\": {\"a:b\": \"true\"}} | true",
        "{\"Bool\": {\"a:b\": \"False\"}} | {\"Bool\": {\"a:b\": \"false\"}} | false"
      })
  void coversByItsConditions(String one, String other, boolean covers) {
    assertThat(with("/Condition", one).covers(with("/Condition", other))).isEqualTo(covers);
  }

  @Test
  void namesTheIdsOfDeletedUsersAndRoles() {
    assertThat(
            with(
                    "/Principal",
                    """
                    {"AWS": ["AROAEXAMPLEEXAMPLEID", "111122223333", "AIDAEXAMPLEEXAMPLEID",
                     "arn:aws:iam::111122223333:user/AIDA"], "Service": "AIDAEXAMPLEEXAMPLEID"}""")
                .deletedPrincipals())
        .containsExactly("AIDAEXAMPLEEXAMPLEID", "AROAEXAMPLEEXAMPLEID");
    assertThat(
            with("/Principal", "{\"AWS\": [\"*\", \"AIDAEXAMPLEEXAMPLEID\"]}").deletedPrincipals())
        .containsExactly("AIDAEXAMPLEEXAMPLEID");
    assertThat(with("/Principal", "\"*\"").deletedPrincipals()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/effect | \"Deny\" | unknown member 'effect'",
        "/Effect | \"allow\" | neither Allow nor Deny",
        "/Sid | 7 | Sid is not text",
        "/NotPrincipal | \"*\" | both Principal and NotPrincipal",
        "/NotAction | \"*\" | both Action and NotAction",
        "/NotResource | \"*\" | both Resource and NotResource",
        "/Action | [] | Action is an empty list",
        "/Action | [1] | Action is neither text nor a list of texts",
        "/Resource | {} | Resource is neither text nor a list of texts",
        "/Principal | \"jane\" | Principal is neither",
        "/Principal | {} | Principal is neither",
        "/Condition | [] | Condition is not {operator: {key: value}}",
        "/Condition | {\"Bool\": \"x\"} | Condition is not {operator: {key: value}}",
        "/Condition | {\"Bool\": {\"a:b\": null}} | no plain value",
        "/Condition | {\"Bool\": {\"a:b\": true, \"A:B\": false}} | names the key a:b twice"
      })
  void refusesWhatThePolicyLanguageDoesNotHave(String member, String value, String reason) {
    assertThatThrownBy(() -> with(member, value))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void needsAnAction() {
    ObjectNode json = json();
    json.remove("Action");

    assertThatThrownBy(() -> Statement.of(json)).hasMessage("a statement has no Action");
    assertThatThrownBy(() -> Statement.of(Json.parse("[]"))).hasMessageContaining("not an object");
  }

  private static ObjectNode json() {
    return Json.parseObject(STATEMENT);
  }

  private static ObjectNode negated(String actions) {
    ObjectNode json = json();
    json.remove("Action");
    json.set("NotAction", Json.parse(actions));
    return json;
  }

  private static Statement with(String member, String value) {
    ObjectNode json = json();
    json.set(member.substring(1), Json.parse(value));
    return Statement.of(json);
  }
}
