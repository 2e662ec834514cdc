// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.patterns.pod.PodPattern;
import org.cofferdam.patterns.pod.kata.KataOptions;
import org.cofferdam.patterns.pod.policy.GuestAgent;
import org.cofferdam.patterns.pod.policy.ImageFactsFile;
import org.cofferdam.patterns.pod.policy.Mode;
import org.cofferdam.patterns.pod.policy.PolicySettings;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.model.Workload;
import org.cofferdam.workload.pattern.Conversion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pods live under their policies, and a hostile control plane gets nowhere. */
class TrialTest {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  /** What no policy can close, and what a policy says it leaves open. */
  private static final Set<String> OPEN =
      new TreeSet<>(
          Set.of(
              "names", "replay", "start", "starve", "time", "token", "traffic", "volume-content"));

  @Test
  void aLifeWithoutARefusal() throws IOException {
    int requests = 0;
    for (Conversion conversion : conversions("registry.example/web:1", DIGEST, Mode.SEALED)) {
      for (int pod = 0; pod < 3; pod++) {
        HonestHost host = new HonestHost(conversion.pod(), pod);
        List<Json> life = new ArrayList<>(host.start());
        life.addAll(host.probes());
        life.addAll(host.restart());
        life.addAll(host.stop());
        requests += life.size();
        assertThat(refused(GuestAgent.start(policy(conversion)), life))
            .as(conversion.workload())
            .isEmpty();
      }
    }
    assertThat(requests).isGreaterThan(300);
  }

  @Test
  void aRollToAnotherImageNeedsAnotherPolicy() throws IOException {
    List<Conversion> old = conversions("registry.example/web:1", DIGEST, Mode.SEALED);
    List<Conversion> rolled =
        conversions("registry.example/web:1", "sha256:" + "cd".repeat(32), Mode.SEALED);
    Conversion before = old.getFirst();
    Conversion after = rolled.getFirst();
    List<Json> life = new HonestHost(after.pod(), 0).start();
    assertThat(refused(GuestAgent.start(policy(after)), life)).isEmpty();
    assertThat(refused(GuestAgent.start(policy(before)), life)).isNotEmpty();
    assertThat(before.initdataBytes().orElseThrow())
        .isNotEqualTo(after.initdataBytes().orElseThrow());
  }

  @Test
  void aRotatedSecretNeedsNoOtherPolicy() throws IOException {
    Conversion first = conversions("registry.example/web:1", DIGEST, Mode.SEALED).getFirst();
    Conversion again = conversions("registry.example/web:1", DIGEST, Mode.SEALED).getFirst();
    assertThat(policy(first)).isEqualTo(policy(again)).doesNotContain("s3cret");
    assertThat(new String(first.initdataBytes().orElseThrow(), StandardCharsets.UTF_8))
        .doesNotContain("s3cret");
  }

  @Test
  @Tag("full")
  void nothingHostileIsAllowedThatIsNotListed() throws IOException {
    for (Conversion conversion : conversions("registry.example/web:1", DIGEST, Mode.SEALED)) {
      Matrix matrix = Matrix.of(policy(conversion), conversion.pod());
      assertThat(open(matrix)).as(conversion.workload()).isEqualTo(OPEN);
      assertThat(matrix.rows()).hasSizeGreaterThan(75);
      assertThat(matrix.openAtBaseline()).isGreaterThan(60);
    }
  }

  @Test
  void debugOpensWhatItSays() throws IOException {
    Conversion conversion = conversions("registry.example/web:1", DIGEST, Mode.DEBUG).getFirst();
    Set<String> more = open(Matrix.of(policy(conversion), conversion.pod()));
    more.removeAll(OPEN);
    assertThat(more)
        .containsExactlyInAnyOrder("attach", "diagnostics", "exec", "exec-terminal", "output");
  }

  @Test
  void theMachineFollowsFromTheLimits() throws IOException {
    List<String> shapes = new ArrayList<>();
    for (Conversion conversion : conversions("registry.example/web:1", DIGEST, Mode.SEALED)) {
      conversion.findings().stream()
          .filter(f -> f.id().equals("pod.shape"))
          .forEach(f -> shapes.add(conversion.name() + " " + f.message().replaceAll(": .*", "")));
    }
    assertThat(shapes)
        .contains(
            "web Kata starts a machine with 1 processors and 2048 MiB",
            "orders Kata starts a machine with 2 processors and 2144 MiB");
  }

  private static Set<String> open(Matrix matrix) {
    Set<String> open = new TreeSet<>();
    matrix.rows().stream().filter(r -> r.state().equals("open")).forEach(r -> open.add(r.power()));
    return open;
  }

  private static List<String> refused(GuestAgent agent, List<Json> requests) {
    List<String> refused = new ArrayList<>();
    for (Json item : requests) {
      Json.Obj request = item.asObject("request");
      GuestAgent.Decision decision =
          agent.decide(request.string("kind"), request.require("request"));
      if (!decision.allowed()) {
        refused.add(request.string("kind") + decision.reasons() + request.write());
      }
    }
    return refused;
  }

  private static String policy(Conversion conversion) {
    return new String(
        Objects.requireNonNull(conversion.files().get("policy.rego")), StandardCharsets.UTF_8);
  }

  private static List<Conversion> conversions(String image, String digest, Mode mode)
      throws IOException {
    List<Source> sources = new ArrayList<>();
    try (InputStream in = TrialTest.class.getResourceAsStream("pods.yaml")) {
      sources.add(Source.utf8("pods.yaml", Objects.requireNonNull(in).readAllBytes()));
    }
    Path orders = Path.of(System.getProperty("user.dir"), "../../examples/orders/orders.yaml");
    sources.add(Source.utf8("orders.yaml", Files.readAllBytes(orders)));
    Bundle bundle = ManifestReader.read(sources);
    KataOptions options =
        new KataOptions(
            KataOptions.Target.COCO,
            Optional.empty(),
            mode,
            PolicySettings.builtIn(),
            images(image, digest),
            Optional.of("https://broker.example"),
            Optional.empty(),
            data -> new byte[64]);
    List<Conversion> conversions = new ArrayList<>();
    for (Workload workload : bundle.workloads()) {
      Conversion conversion = new PodPattern().convert(workload, bundle, options);
      assertThat(conversion.done()).as("%s", conversion.findings()).isTrue();
      conversions.add(conversion);
    }
    return conversions;
  }

  private static ImageFactsFile images(String name, String digest) {
    String facts =
        "{\"entrypoint\":[\"/web\"],\"cmd\":[\"--serve\"],\"env\":[\"PATH=/bin\",\"LANG=C\"],"
            + "\"workingDir\":\"/\",\"user\":null,\"volumes\":[\"/data\"],\"passwd\":[],\"group\":[]%s}";
    String pinned = facts.formatted(",\"digest\":\"" + digest + "\"");
    String json =
        "{\"images\":{\"%s\":%s,\"localhost/orders:1.0\":%s,\"registry.example/web@sha256:%s\":%s}}"
            .formatted(name, pinned, pinned, "1".repeat(64), facts.formatted(""));
    return ImageFactsFile.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
