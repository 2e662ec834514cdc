// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.measurement.boot.FirmwareInputs;
import org.cofferdam.core.measurement.boot.GuestInputs;
import org.cofferdam.core.measurement.boot.TestKernel;
import org.cofferdam.core.measurement.firmware.PeiState;
import org.cofferdam.core.measurement.firmware.TestFirmware;
import org.cofferdam.core.measurement.firmware.UnpredictableException;
import org.cofferdam.core.reference.ReferenceSet;
import org.cofferdam.core.reference.ReferenceValue;
import org.junit.jupiter.api.Test;

class PodMeasurementTest {
  private static final String MANIFEST = "sha256:" + "ab".repeat(32);
  private static final byte[] INIT_DATA = bytes("version = \"0.1.0\"");
  private static final Map<String, ImageDigests> IMAGES =
      Map.of(MANIFEST, new ImageDigests(MANIFEST, "sha256:01", List.of("sha256:02")));
  private static final GuestInputs BOOT =
      boot(TestFirmware.code(2), TestKernel.bytes(), bytes("initrd"), "quiet");

  @Test
  void namesEveryFieldOfEveryContainerAndEveryRegister() {
    assertThat(predict(BOOT, INIT_DATA, pod("serve"), IMAGES).values())
        .extracting(ReferenceValue::id)
        .startsWith("pod.images", "pod.order")
        .contains("pod.init.args", "pod.orders.image", "pod.orders.args", "pod.init-data")
        .contains("tpm.pcr0", "tpm.pcr8", "tpm.pcr13", "tpm.pcr15");
  }

  @Test
  void putsInitContainersFirst() {
    assertThat(value("pod.order")).isEqualTo(Json.strings(List.of("init", "orders")));
  }

  @Test
  void initDataMovesItsDigestAndRegister8() {
    assertThat(moved(predict(BOOT, bytes("other"), pod("serve"), IMAGES)))
        .containsExactly("pod.init-data", "tpm.pcr8");
  }

  @Test
  void anArgumentMovesItsClaimAndRegister13() {
    assertThat(moved(predict(BOOT, INIT_DATA, pod("dump"), IMAGES)))
        .containsExactly("pod.orders.args", "tpm.pcr13");
  }

  @Test
  void aLayerMovesTheImagesAndRegister13() {
    Map<String, ImageDigests> other =
        Map.of(MANIFEST, new ImageDigests(MANIFEST, "sha256:01", List.of("sha256:03")));
    assertThat(moved(predict(BOOT, INIT_DATA, pod("serve"), other)))
        .containsExactly("pod.images", "tpm.pcr13");
  }

  @Test
  void theKernelMovesRegister4() {
    byte[] kernel = TestKernel.bytes();
    kernel[kernel.length - 1]++;
    assertMoves(boot(TestFirmware.code(2), kernel, bytes("initrd"), "quiet"), "tpm.pcr4");
  }

  @Test
  void theCommandLineMovesRegister9() {
    assertMoves(
        boot(TestFirmware.code(2), TestKernel.bytes(), bytes("initrd"), "debug"), "tpm.pcr9");
  }

  @Test
  void anInitrdOfTheSameSizeMovesRegister9() {
    assertMoves(
        boot(TestFirmware.code(2), TestKernel.bytes(), bytes("INITRD"), "quiet"), "tpm.pcr9");
  }

  @Test
  void theFirmwareMovesRegister0() {
    assertMoves(
        boot(TestFirmware.code(3), TestKernel.bytes(), bytes("initrd"), "quiet"), "tpm.pcr0");
  }

  @Test
  void doesNotPredictABootWithSecureBootKeys() {
    GuestInputs keys =
        new GuestInputs(
            new FirmwareInputs(
                TestFirmware.code(2), TestFirmware.variables("PK"), new PeiState(List.of())),
            TestKernel.bytes(),
            bytes("initrd"),
            "quiet",
            1024);
    assertThatExceptionOfType(UnpredictableException.class)
        .isThrownBy(() -> predict(keys, INIT_DATA, pod("serve"), IMAGES));
  }

  @Test
  void refusesAnImageWithoutDigests() {
    assertThatExceptionOfType(MalformedEvidenceException.class)
        .isThrownBy(() -> predict(BOOT, INIT_DATA, pod("serve"), Map.of()))
        .withMessageContaining(MANIFEST);
  }

  /** PCR 10 is the kernel's aggregate over the others, so it moves with each of PCR 0 to 9. */
  private static void assertMoves(GuestInputs boot, String register) {
    assertThat(moved(predict(boot, INIT_DATA, pod("serve"), IMAGES)))
        .containsExactlyInAnyOrder(register, "tpm.pcr10");
  }

  private static Set<String> moved(ReferenceSet changed) {
    List<ReferenceValue> before = predict(BOOT, INIT_DATA, pod("serve"), IMAGES).values();
    Set<String> moved = new TreeSet<>();
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).match().equals(changed.values().get(i).match())) {
        moved.add(before.get(i).id());
      }
    }
    return moved;
  }

  private static Json value(String id) {
    ReferenceValue value =
        predict(BOOT, INIT_DATA, pod("serve"), IMAGES).values().stream()
            .filter(v -> v.id().equals(id))
            .findFirst()
            .orElseThrow();
    return value.match().toJson().asObject("match").require("exact");
  }

  private static ReferenceSet predict(
      GuestInputs boot, byte[] initdata, Json.Obj pod, Map<String, ImageDigests> images) {
    return PodMeasurement.predict(boot, initdata, pod, images);
  }

  private static GuestInputs boot(
      byte[] firmware, byte[] kernel, byte[] initrd, String commandLine) {
    return new GuestInputs(
        new FirmwareInputs(firmware, TestFirmware.variables(), new PeiState(List.of())),
        kernel,
        initrd,
        commandLine,
        1024);
  }

  private static Json.Obj pod(String command) {
    return Json.object()
        .put("namespace", "default")
        .put("name", "orders")
        .put("initContainers", Json.array(List.of(container("init", "prepare"))))
        .put("containers", Json.array(List.of(container("orders", command))))
        .build();
  }

  private static Json container(String name, String command) {
    return Json.object()
        .put("name", name)
        .put("image", MANIFEST)
        .put("args", Json.strings(Arrays.asList("/bin/orders", command)))
        .build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
