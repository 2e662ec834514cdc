// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.initdata.InitDataEnvelope;
import org.cofferdam.patterns.pod.PodPattern;
import org.cofferdam.patterns.pod.kata.KataOptions;
import org.cofferdam.patterns.pod.policy.GuestAgent;
import org.cofferdam.patterns.pod.policy.ImageFactsFile;
import org.cofferdam.patterns.pod.policy.Mode;
import org.cofferdam.patterns.pod.policy.PodPolicy;
import org.cofferdam.patterns.pod.policy.PolicySettings;
import org.cofferdam.patterns.pod.policy.PolicyText;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.Document;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.model.schema.KubernetesSchema;
import org.cofferdam.workload.pattern.Change;
import org.cofferdam.workload.pattern.Conversion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hundred workloads convert, are still what Kubernetes takes, and live under their policies. */
@Tag("full")
class HundredWorkloadsTest {
  private static final int LONGEST_LINE = 1023;
  private static final int MOST_BYTES = 16 << 10;

  private final KubernetesSchema schema = KubernetesSchema.load();
  private final KataOptions options =
      new KataOptions(
          KataOptions.Target.COCO,
          Optional.empty(),
          Mode.SEALED,
          PolicySettings.builtIn(),
          ImageFactsFile.parse(
              ("{\"images\":{\""
                      + Workloads.IMAGE
                      + "\":{\"entrypoint\":[\"/app\"],\"cmd\":[\"--serve\"],\"env\":[\"PATH=/bin\"],"
                      + "\"workingDir\":\"/\",\"user\":null,\"volumes\":[\"/data\"],\"passwd\":[],"
                      + "\"group\":[],\"digest\":\"sha256:"
                      + "ab".repeat(32)
                      + "\"}}}")
                  .getBytes(StandardCharsets.UTF_8)),
          Optional.of("https://broker.example"),
          Optional.empty(),
          data -> new byte[64]);

  @Test
  void theyConvertAndLive() {
    int requests = 0;
    int hostile = 0;
    for (int number = 0; number < 100; number++) {
      Source source = new Source("app.yaml", Workloads.manifest(number));
      Bundle bundle = ManifestReader.read(List.of(source));
      assertThat(bundle.problems()).isEmpty();
      Workload workload = bundle.workloads().getFirst();
      Conversion conversion = new PodPattern().convert(workload, bundle, options);
      assertThat(conversion.done()).as("%d %s", number, conversion.findings()).isTrue();
      kept(source, conversion);
      String policy =
          new String(
              Objects.requireNonNull(conversion.files().get("policy.rego")),
              StandardCharsets.UTF_8);
      assertThat(PolicyText.longestLine(policy)).isLessThanOrEqualTo(LONGEST_LINE);
      assertThat(policy).doesNotContain("hunter2");
      requests += live(conversion, policy);
      if (number % 10 == 0) {
        Matrix matrix = Matrix.of(policy, conversion.pod());
        assertThat(
                matrix.rows().stream().filter(r -> r.state().equals("open")).map(Matrix.Row::power))
            .containsExactlyInAnyOrder(
                "names", "replay", "start", "starve", "time", "token", "traffic", "volume-content");
        hostile += matrix.rows().size();
      }
    }
    assertThat(requests).isGreaterThan(3000);
    assertThat(hostile).isGreaterThan(800);
  }

  /** Every line of the manifest is there, but those that were changed; and the API takes it. */
  private void kept(Source source, Conversion conversion) {
    String converted = Change.apply(source, conversion.changes());
    assertThat(converted).contains("# Written by hand").contains("# the usual");
    Bundle again = ManifestReader.read(List.of(new Source("app.yaml", converted)));
    assertThat(again.problems()).isEmpty();
    for (Document document : again.documents()) {
      assertThat(schema.check(document)).as(converted).isEmpty();
    }
    Workload workload = again.workloads().getFirst();
    String annotation =
        Objects.requireNonNull(workload.pod().annotations().get(PodPolicy.ANNOTATION));
    assertThat(annotation.length()).isLessThan(MOST_BYTES);
    assertThat(InitDataEnvelope.open(annotation.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(conversion.initdataBytes().orElseThrow());
    assertThat(workload.pod().spec().text("runtimeClassName")).contains("kata-qemu-snp");
    workload.pod().all().forEach(c -> assertThat(c.image()).contains("@sha256:"));
  }

  private static int live(Conversion conversion, String policy) {
    HonestHost host = new HonestHost(conversion.pod(), 1);
    List<Json> life = new ArrayList<>(host.start());
    life.addAll(host.probes());
    life.addAll(host.restart());
    life.addAll(host.stop());
    GuestAgent agent = GuestAgent.start(policy);
    for (Json item : life) {
      Json.Obj request = item.asObject("request");
      assertThat(agent.judge(request.string("kind"), request.require("request")))
          .as("%s %s", conversion.workload(), request.write())
          .isTrue();
    }
    return life.size();
  }
}
