// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.workload.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.workload.model.Problem;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.YamlReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesSchemaTest {
  private static final KubernetesSchema SCHEMA = KubernetesSchema.load();

  @Test
  void whatTheApiKnowsIsNoDeviation() {
    assertThat(
            check(
                "name: c, image: i, ports: [{containerPort: 80}], livenessProbe: {httpGet: {port: http}}, env: [{name: A, value: '1'}]"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "imagePulPolicy: Always | UNKNOWN_FIELD | 'Did you mean ''imagePullPolicy''?'",
        "livenessProbe: {htttpGet: {port: 1}} | UNKNOWN_FIELD | 'Did you mean ''httpGet''?'",
        "hostNetwork: true | UNKNOWN_FIELD | 'It is a field of PodSpec: check the indentation.'",
        "colour: red | UNKNOWN_FIELD | 'Check its spelling, or take it out.'",
        "env: [{name: A, value: 1}] | WRONG_TYPE | 'Put quotes around it: numbers and booleans need them.'",
        "command: run | WRONG_TYPE | 'Write it as a list, one ''- item'' a line.'",
        "tty: 'yes' | WRONG_TYPE | 'Write true or false, without quotes.'",
        "ports: [{containerPort: '80'}] | WRONG_TYPE | 'Write the number without quotes.'"
      })
  void eachDeviationNamesItsRemedy(String field, Deviation.Kind kind, String fix) {
    assertThat(check(field))
        .extracting(Deviation::kind, Deviation::fix)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(kind, fix));
  }

  @Test
  void theKindsOfAScanAreThere() {
    for (String kind : List.of("Pod", "Deployment", "CronJob", "Service", "Ingress", "Role")) {
      assertThat(SCHEMA.knows(kind)).as(kind).isTrue();
      assertThat(SCHEMA.fields(kind)).contains("metadata");
    }
  }

  private static List<Deviation> check(String fields) {
    List<Problem> problems = new ArrayList<>();
    String text =
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{" + fields + "}]}\n";
    List<Deviation> found =
        SCHEMA.check(YamlReader.read(new Source("f", text), problems).getFirst());
    assertThat(problems).isEmpty();
    return found;
  }
}
