// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.cofferdam.apps.cli.scan.Patterns;
import org.cofferdam.workload.advisor.scan.ScanReport;
import org.cofferdam.workload.advisor.scan.Scanner;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes as people make them, one at a time, and the remedy that the scan names at the line. */
class SeededMistakesTest {
  private static final String GOOD =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: shop
      spec:
        replicas: 2
        selector:
          matchLabels:
            app: shop
        template:
          metadata:
            labels:
              app: shop
          spec:
            containers:
            - name: web
              image: registry.example/shop:1.2
              imagePullPolicy: Always
              command: ["/shop"]
              env:
              - name: PORT
                value: "8080"
              ports:
              - name: http
                containerPort: 8080
              livenessProbe:
                httpGet:
                  port: http
              resources:
                requests:
                  memory: 64Mi
                limits:
                  memory: 128Mi
              volumeMounts:
              - name: scratch
                mountPath: /scratch
            volumes:
            - name: scratch
              emptyDir: {}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "imagePullPolicy: | imagePulPolicy: | 18 | Did you mean 'imagePullPolicy'?",
        "httpGet: | htttpGet: | 27 | Did you mean 'httpGet'?",
        "replicas: 2 | replicas: '\"2\"' | 6 | Write the number without quotes.",
        "value: \"8080\" | value: 8080 | 22 | numbers and booleans need quotes",
        "memory: 128Mi | memory: 128 MB | 33 | Write a number with one of m, Ki, Mi",
        "memory: 64Mi | memory: 1Gi | 31 | Raise the limit or lower the request.",
        "image: registry.example/shop:1.2 | image: https://registry.example/Shop | 17 | in lower case, without https://",
        "image: registry.example/shop:1.2 | image: | 16 | Name one, best with its digest",
        "port: http | port: htttp | 28 | Give a port that name, or write its number.",
        "- name: scratch>>mountPath | - name: scrach>>mountPath | 35 | Add it to 'volumes', or correct the name.",
        "app: shop>>template | app: store>>template | 9 | Give template.metadata.labels the same value.",
        "apiVersion: apps/v1 | apiVersion: extensions/v1beta1 | 1 | Write apiVersion: apps/v1.",
        "volumes: | 'restartPolicy: Never>>      volumes:' | 37 | Write restartPolicy: Always.",
        "replicas: 2 | replicas: 2>>  replicas: 3 | 7 | Take one of them out.",
        "command: [\"/shop\"] | command: [\"/shop\" | 20 | Close the brackets.",
        "metadata:>>  name: shop | metadata:>>TABname: shop | 4 | Indent with blanks: YAML takes no tabs.",
        "metadata:>>  name: shop | metadata:>>  labels: {} | 1 | has no name",
        "spec:>>  replicas | 'spec: {{ .Values.spec }}>>  replicas' | 5 | helm template",
        "volumeMounts: | hostNetwork: true>>        volumeMounts: | 34 | It is a field of PodSpec: check the indentation.",
        "- name: PORT | '- name: PORT>>          value: \"1\">>        - name: PORT' | 23 | Take one of them out.",
        "command: [\"/shop\"] | command: /shop | 19 | no list"
      })
  void eachMistakeLeadsToItsRemedy(String good, String bad, int line, String remedy) {
    String text = GOOD.replace(lines(good), lines(bad));
    assertThat(text).as("the seed is in").isNotEqualTo(GOOD);
    ScanReport report =
        new Scanner(Patterns.ALL).scan(ManifestReader.read(List.of(new Source("f", text))));
    assertThat(said(report))
        .as(text)
        .anyMatch(s -> s.startsWith(line + ": ") && s.contains(remedy));
  }

  @Test
  void withoutAMistakeNothingIsSaidOfTheManifest() {
    ScanReport report =
        new Scanner(Patterns.ALL).scan(ManifestReader.read(List.of(new Source("f", GOOD))));
    assertThat(report.problems()).isEmpty();
    assertThat(
            report.workloads().getFirst().fits().values().stream()
                .flatMap(f -> f.findings().stream())
                .map(f -> f.id())
                .filter(id -> id.startsWith("manifest.") || id.endsWith("unknown-field")))
        .isEmpty();
  }

  private static String lines(String text) {
    return text.replace("TAB", "\t")
        .replaceAll(">>", "\n")
        .replaceAll("\n- name: scratch", "\n      - name: scratch")
        .replaceAll("scratch\nmountPath", "scratch\n          mountPath")
        .replaceAll("scrach\nmountPath", "scrach\n          mountPath")
        .replaceAll("\ntemplate", "\n  template");
  }

  private static Stream<String> said(ScanReport report) {
    return Stream.concat(
        report.problems().stream().map(p -> p.line() + ": " + p.message() + " " + p.fix()),
        report.workloads().stream()
            .flatMap(w -> w.fits().values().stream())
            .flatMap(f -> f.findings().stream())
            .map(f -> f.place().line() + ": " + f.message() + " " + f.fix()));
  }
}
