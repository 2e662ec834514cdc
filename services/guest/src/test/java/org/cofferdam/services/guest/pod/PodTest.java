// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodTest {
  private static final String GOOD =
      """
      {"version":1,"namespace":"default","name":"orders","hostname":"orders",
       "volumes":[{"name":"store","kind":"emptyDir","sizeBytes":null}],
       "initContainers":[],
       "containers":[{"name":"main","image":"sha256:DIGEST","args":["/run","x"],
        "env":["A=1"],"cwd":"/w","uid":1,"gid":2,"groups":[3],"readOnlyRootfs":true,
        "capabilities":["CAP_CHOWN"],"noNewPrivileges":true,
        "mounts":[{"volume":"store","path":"/store","readOnly":false}],
        "resources":{"cpuMillis":250,"memoryBytes":null},
        "secrets":[{"resource":"default/db/password","env":"PASSWORD"},
         {"resource":"default/db/key","file":"/etc/key","mode":256}],"ports":[8080]}]}
      """
          .replace("DIGEST", "0a".repeat(32));

  @Test
  void readsEveryMember() {
    Pod pod = parse(GOOD);
    Container main = pod.containers().getFirst();
    assertThat(pod.volumes()).containsExactly(new Pod.Volume("store", -1));
    assertThat(main.image()).isEqualTo("0a".repeat(32));
    assertThat(main.args()).containsExactly("/run", "x");
    assertThat(main.user()).isEqualTo(new Container.User(1, 2, List.of(3)));
    assertThat(main.mounts()).containsExactly(new Container.Mount("store", "/store", false));
    assertThat(main.resources()).isEqualTo(new Container.Resources(250, -1));
    assertThat(main.secrets())
        .containsExactly(
            new SecretUse.Variable("default/db/password", "PASSWORD"),
            new SecretUse.SecretFile("default/db/key", "/etc/key", 0400));
    assertThat(main.ports()).containsExactly(8080);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'version\":1' | 'version\":2' | version",
        "'\"default\",\"name' | '\"Default\",\"name' | namespace",
        "'\"name\":\"orders\"' | '\"name\":\"../orders\"' | name",
        "'\"name\":\"orders\"' | '\"name\":\"a..b\"' | name",
        "'\"hostname\":\"orders\"' | '\"hostname\":\"-a\"' | hostname",
        "'emptyDir' | 'hostPath' | kind",
        "'\"sizeBytes\":null' | '\"sizeBytes\":0' | sizeBytes",
        "'sha256:0a' | 'sha512:0a' | image",
        "'sha256:0a' | 'sha256:0A' | image",
        "'sha256:0a' | 'sha256:' | image",
        "'[\"/run\",\"x\"]' | '[]' | args",
        "'[\"/run\",\"x\"]' | '[\"\\u0000\"]' | args",
        "'\"A=1\"' | '\"A\"' | env",
        "'\"A=1\"' | '\"=1\"' | env",
        "'\"/w\"' | '\"w\"' | cwd",
        "'\"/w\"' | '\"/w/../..\"' | cwd",
        "'\"uid\":1' | '\"uid\":-1' | uid",
        "'\"gid\":2' | '\"gid\":4294967296' | gid",
        "'CAP_CHOWN' | 'CHOWN' | capabilities",
        "'\"volume\":\"store\"' | '\"volume\":\"other\"' | mounts.volume",
        "'\"path\":\"/store\"' | '\"path\":\"/a/../b\"' | mounts.path",
        "'\"cpuMillis\":250' | '\"cpuMillis\":-5' | cpuMillis",
        "'default/db/key' | 'default/db' | secrets.resource",
        "'default/db/key' | 'default/../key' | secrets.resource",
        "'default/db/key' | 'default/db/k?y' | secrets.resource",
        "'\"PASSWORD\"' | '\"A=B\"' | secrets.env",
        "'\"/etc/key\"' | '\"etc/key\"' | secrets.file",
        "'\"mode\":256' | '\"mode\":2048' | secrets.mode",
        "'\"mode\":256' | '\"mode\":256,\"env\":\"X\"' | file",
        "'[8080]' | '[0]' | ports",
        "'\"ports\":[8080]' | '\"ports\":[8080],\"privileged\":true' | privileged",
        "'\"initContainers\"' | '\"hostNetwork\":true,\"initContainers\"' | hostNetwork"
      })
  void refusesWhatBreaksOneRule(String part, String other, String field) {
    assertThat(GOOD).contains(part);
    int at = GOOD.indexOf(part);
    String bad = GOOD.substring(0, at) + other + GOOD.substring(at + part.length());
    assertThatThrownBy(() -> parse(bad))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining(field);
  }

  @Test
  void refusesAPodWithoutContainers() {
    String bad = GOOD.substring(0, GOOD.indexOf("\"containers\"")) + "\"containers\":[]}";
    assertThatThrownBy(() -> parse(bad)).hasMessageContaining("containers");
  }

  @Test
  void refusesTwoContainersOfOneName() {
    int at = GOOD.indexOf("[{\"name\":\"main\"") + 1;
    String container = GOOD.substring(at, GOOD.lastIndexOf("]}"));
    String bad = GOOD.substring(0, at) + container + "," + container + "]}";
    assertThatThrownBy(() -> parse(bad)).hasMessageContaining("twice");
  }

  private static Pod parse(String json) {
    return Pod.parse(Json.parse(json.getBytes(StandardCharsets.UTF_8)).asObject("pod"));
  }
}
