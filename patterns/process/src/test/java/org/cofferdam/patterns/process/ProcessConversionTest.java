// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.protocol.initdata.InitDataDocument;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.workload.images.Image;
import org.cofferdam.workload.images.OciDigest;
import org.cofferdam.workload.images.build.ImageBuilder;
import org.cofferdam.workload.images.build.ImageDefinition;
import org.cofferdam.workload.images.layout.OciLayout;
import org.cofferdam.workload.images.layout.RootFiles;
import org.cofferdam.workload.model.Bundle;
import org.cofferdam.workload.model.ManifestReader;
import org.cofferdam.workload.model.Source;
import org.cofferdam.workload.pattern.Conversion;
import org.cofferdam.workload.pattern.ConversionSettings;
import org.cofferdam.workload.pattern.Finding;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessConversionTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("cofferdam.root", "../.."), "examples", "orders");
  private static final OciDigest KEY = OciDigest.of(new byte[] {1});

  @TempDir static Path folder;
  private static OciLayout images;
  private static String manifest;

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
    manifest = Files.readString(EXAMPLE.resolve("orders.yaml"));
  }

  @Test
  void theUnitIsTheMainContainerWithItsInitContainers() {
    Conversion conversion = done(manifest);
    assertThat(names(conversion.pod(), "initContainers")).containsExactly("prepare");
    assertThat(names(conversion.pod(), "containers")).containsExactly("orders");
    assertThat(conversion.files())
        .containsKeys("pod/initdata.toml", "pod/request.json", "helpers/audit.json");
    Json.Obj helper =
        Json.parse(Objects.requireNonNull(conversion.files().get("helpers/audit.json")))
            .asObject("helper");
    assertThat(names(helper, "containers")).containsExactly("audit");
    assertThat(helper.array("initContainers")).isEmpty();
  }

  @Test
  void whatTheHelperLosesIsSaid() {
    assertThat(done(manifest).findings())
        .extracting(Finding::id)
        .contains("process.helper-outside", "process.shared-volume");
    assertThat(done(manifest).open()).anyMatch(o -> o.id().equals("helpers"));
  }

  @Test
  void everyFileOfTheImageStandsInTheInitData() {
    InitDataDocument initData =
        InitDataDocument.parse(done(manifest).initdataBytes().orElseThrow());
    List<Json> files =
        Json.parse(initData.entry("files.json").getBytes(StandardCharsets.UTF_8)).asArray("files");
    assertThat(files)
        .extracting(f -> f.asObject("file").string("path"))
        .contains("/usr/lib/orders/serve")
        .doesNotContain("/usr/bin/sh");
    assertThat(initData.settings("cofferdam.toml"))
        .containsEntry("workload", "default/orders")
        .containsEntry("broker_key", KEY.toString());
  }

  @Test
  void aHelperThatWantsASecretStandsInTheWay() {
    String other =
        manifest.replace(
            "args: [\"8080\", \"/cgi-bin/orders/total\"]",
            "env: [{name: P, valueFrom: {secretKeyRef: {name: orders-db, key: password}}}]");
    assertThat(other).isNotEqualTo(manifest);
    assertThat(convert(other).done()).isFalse();
    assertThat(convert(other).findings()).anyMatch(f -> f.id().equals("process.helper-secret"));
  }

  @Test
  void whatTheConversionCannotDoStaysInTheWay() {
    String other = manifest.replace("emptyDir: {}", "hostPath: {path: /tmp}");
    assertThat(convert(other).done()).isFalse();
    assertThat(convert(other).findings()).anyMatch(f -> f.id().equals("process.host-path"));
  }

  @Test
  void predictionMovesWithEveryInput() {
    Conversion conversion = done(manifest);
    ReferenceSet references = predict(conversion);
    assertThat(predict(conversion)).isEqualTo(references);
    assertThat(references.values().getFirst().id()).isEqualTo("sgx.mrenclave");
    assertThat(predict(done(manifest.replace("value: EUR", "value: USD"))))
        .isNotEqualTo(references);
  }

  @Test
  void theVolumeHasAKeyAtTheBroker() {
    assertThat(ProcessPattern.volumeKeys(done(manifest)))
        .containsExactly("default/orders/volume-store");
  }

  private static ReferenceSet predict(Conversion conversion) {
    ProcessPattern pattern = pattern();
    return pattern.predict(conversion, root(ProcessPattern.unitImage(conversion))).references();
  }

  private static Conversion done(String text) {
    Conversion conversion = convert(text);
    assertThat(conversion.done()).as(conversion.findings().toString()).isTrue();
    return conversion;
  }

  private static Conversion convert(String text) {
    Bundle bundle = ManifestReader.read(List.of(new Source("orders.yaml", text)));
    return pattern()
        .convert(
            bundle.workloads().getFirst(),
            bundle,
            new ConversionSettings(images, Optional.of(KEY), false));
  }

  private static ProcessPattern pattern() {
    return new ProcessPattern(ProcessConversionTest::root);
  }

  private static RootFiles root(Image image) {
    try {
      return images.root(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Json.Obj pod, String list) {
    return pod.array(list).stream().map(c -> c.asObject("container").string("name")).toList();
  }
}
