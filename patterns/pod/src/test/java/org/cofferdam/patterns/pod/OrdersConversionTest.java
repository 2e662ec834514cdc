// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.initdata.InitDataDocument;
import org.cofferdam.workload.images.ImageReference;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.images.build.ImageBuilder;
import org.cofferdam.workload.images.build.ImageDefinition;
import org.cofferdam.workload.images.layout.OciLayout;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.pattern.Change;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.ConversionSettings;
import org.cofferdam.workload.pattern.Fit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersConversionTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("cofferdam.root", "../.."), "examples", "orders");
  private static final OciDigest KEY = OciDigest.of(new byte[] {1});

  @TempDir static Path folder;
  private static OciLayout images;

  @BeforeAll
  static void image() throws Exception {
    ImageDefinition whole = ImageDefinition.parse(Files.readString(EXAMPLE.resolve("image.toml")));
    ImageDefinition own =
        new ImageDefinition(
            whole.reference(),
            List.of(),
            whole.folders(),
            whole.files(),
            whole.links(),
            whole.config());
    new ImageBuilder(name -> folder.resolve(name)).build(own, EXAMPLE, folder);
    images = OciLayout.open(folder, OciLayout.Platform.LINUX_AMD64);
  }

  @Test
  void theExampleFitsAsItIs() throws Exception {
    Bundle bundle = bundle();
    Fit fit = new PodPattern().assess(bundle.workloads().getFirst(), bundle);
    assertThat(fit.verdict()).as(fit.findings().toString()).isEqualTo(Fit.Verdict.FITS);
  }

  @Test
  void everythingThatRunsStandsInThePodDocument() throws Exception {
    Json.Obj pod = conversion().pod();
    assertThat(pod.string("name")).isEqualTo("orders");
    Json.Obj prepare = container(pod, "initContainers", 0);
    assertThat(prepare.array("args")).containsExactly(Json.of("/usr/lib/orders/prepare"));
    Json.Obj orders = container(pod, "containers", 0);
    assertThat(orders.array("args")).containsExactly(Json.of("/usr/lib/orders/serve"));
    assertThat(orders.array("env"))
        .contains(Json.of("CURRENCY=EUR"), Json.of("PORT=8080"), Json.of("PATH=/usr/bin"));
    assertThat(orders.integer("uid")).isEqualTo(10001);
    assertThat(orders.array("groups")).containsExactly(Json.of(10001));
    assertThat(orders.array("capabilities")).isEmpty();
    assertThat(orders.require("noNewPrivileges")).isEqualTo(Json.of(true));
    assertThat(orders.object("resources").integer("cpuMillis")).isEqualTo(500);
    assertThat(orders.object("resources").integer("memoryBytes")).isEqualTo(64L << 20);
    assertThat(orders.array("ports")).containsExactly(Json.of(8080));
    assertThat(Json.array(orders.array("secrets")).write())
        .isEqualTo(
            """
            [{"resource":"default/orders-db/password","env":"DB_PASSWORD"},\
            {"resource":"default/orders-db/signing-key","file":"/etc/orders/signing-key","mode":288}]""");
    assertThat(Json.array(orders.array("mounts")).write())
        .isEqualTo("[{\"volume\":\"store\",\"path\":\"/var/lib/orders\",\"readOnly\":false}]");
    assertThat(container(pod, "containers", 1).array("args"))
        .containsExactly(
            Json.of("/usr/lib/orders/audit"), Json.of("8080"), Json.of("/cgi-bin/orders/total"));
  }

  @Test
  void theInitDataHoldsTheRequestAndTheBrokersKey() throws Exception {
    Conversion conversion = conversion();
    InitDataDocument initdata = InitDataDocument.parse(conversion.initdataBytes().orElseThrow());
    assertThat(initdata.entries().get("pod.json"))
        .isEqualTo(
            new String(
                Objects.requireNonNull(conversion.files().get("pod/request.json")),
                StandardCharsets.UTF_8));
    assertThat(initdata.entries().get("cofferdam.toml"))
        .isEqualTo("workload = \"default/orders\"\nbroker_key = \"" + KEY + "\"\nlogs = false\n");
  }

  @Test
  void secretValuesAreHandedOverApartAndStandInNoFile() throws Exception {
    Conversion conversion = conversion();
    assertThat(conversion.secrets().keySet())
        .containsExactly("default/orders-db/password", "default/orders-db/signing-key");
    String password =
        Objects.requireNonNull(conversion.secrets().get("default/orders-db/password"))
            .lend(b -> new String(b, StandardCharsets.UTF_8));
    assertThat(password).isEqualTo("correct-horse-battery-staple");
    conversion
        .files()
        .values()
        .forEach(f -> assertThat(new String(f, StandardCharsets.UTF_8)).doesNotContain(password));
    assertThat(conversion.toJson("").write()).doesNotContain(password);
    assertThat(conversion.toString()).doesNotContain(password);
    Source source = bundle().documents().getFirst().source();
    assertThat(Change.apply(source, conversion.changes())).doesNotContain(password);
  }

  @Test
  void theManifestChangesOnlyWhereItMust() throws Exception {
    Source source = bundle().documents().getFirst().source();
    String digest =
        images
            .find(ImageReference.parse("localhost/orders:1.0"))
            .orElseThrow()
            .manifest()
            .toString();
    String expected =
        source
            .text()
            .replace("localhost/orders:1.0", "localhost/orders@" + digest)
            .replace("correct-horse-battery-staple", "kbs:///default/orders-db/password")
            .replace("7f1e4c0ad6b94e5db1f0a3c2", "kbs:///default/orders-db/signing-key");
    assertThat(Change.apply(source, conversion().changes())).isEqualTo(expected);
  }

  @Test
  void equalInputsGiveEqualBytes() throws Exception {
    assertThat(conversion().initdataBytes().orElseThrow())
        .isEqualTo(conversion().initdataBytes().orElseThrow());
  }

  @Test
  void withoutTheBrokersKeyNothingIsConverted() throws Exception {
    Bundle bundle = bundle();
    Conversion conversion =
        new PodPattern()
            .convert(
                bundle.workloads().getFirst(),
                bundle,
                new ConversionSettings(images, Optional.empty(), false));
    assertThat(conversion.done()).isFalse();
    assertThat(conversion.files()).isEmpty();
    assertThat(conversion.findings()).anyMatch(f -> f.id().equals("pod.broker-key"));
  }

  @Test
  void thePlanNamesThePortAndTheImage() throws Exception {
    Conversion conversion = conversion();
    assertThat(new PodPattern().plan(conversion).ports()).containsExactly(8080);
    assertThat(new PodPattern().plan(conversion).images()).hasSize(1);
  }

  private static Conversion conversion() throws Exception {
    Bundle bundle = bundle();
    Conversion conversion =
        new PodPattern()
            .convert(
                bundle.workloads().getFirst(),
                bundle,
                new ConversionSettings(images, Optional.of(KEY), false));
    assertThat(conversion.done()).as(conversion.findings().toString()).isTrue();
    return conversion;
  }

  private static Bundle bundle() throws Exception {
    Path file = EXAMPLE.resolve("orders.yaml");
    Bundle bundle =
        ManifestReader.read(List.of(Source.utf8("orders.yaml", Files.readAllBytes(file))));
    assertThat(bundle.problems()).isEmpty();
    return bundle;
  }

  private static Json.Obj container(Json.Obj pod, String list, int index) {
    return pod.array(list).get(index).asObject(list);
  }
}
