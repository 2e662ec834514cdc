// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.protocol.initdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cofferdam.core.bytes.Digests;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cases that other projects published. */
class InitDataCasesTest {
  private static final Path CASES =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "cases", "initdata");

  @BeforeEach
  void casesAreThere() {
    Assumptions.assumeTrue(Files.isDirectory(CASES), "the outside cases are not on this machine");
  }

  @Test
  void digestAndFieldsOfAPeerPod() throws Exception {
    Json.Obj wanted = find("peerpod");
    InitDataDocument initdata =
        InitDataDocument.parse(Files.readAllBytes(CASES.resolve("peerpod.toml")));
    assertThat(Hex.encode(initdata.digest())).isEqualTo(wanted.string("digest_hex"));
    assertThat(Hex.encode(initdata.fitted(32))).isEqualTo(wanted.string("snp_host_data_hex"));
    assertThat(Hex.encode(initdata.fitted(48))).isEqualTo(wanted.string("tdx_mrconfigid_hex"));
    assertThat(Hex.encode(initdata.fitted(64))).isEqualTo(wanted.string("cca_personalization_hex"));
    assertThat(Hex.encode(initdata.fitted(256))).isEqualTo(wanted.string("se_user_data_hex"));
    assertThat(initdata.pcr8()).isEmpty();
    assertThat(initdata.entries().keySet())
        .containsExactlyElementsOf(
            wanted.array("entries").stream().map(e -> e.asString("entry")).toList());
  }

  @Test
  void theAnnotationHoldsTheSameBytes() throws Exception {
    assertThat(InitDataEnvelope.open(Files.readAllBytes(CASES.resolve("peerpod.annotation.txt"))))
        .isEqualTo(Files.readAllBytes(CASES.resolve("peerpod.toml")));
  }

  @Test
  void theDiskHoldsItsText() throws Exception {
    byte[] content = InitDataEnvelope.open(Files.readAllBytes(CASES.resolve("device.img")));
    assertThat(new String(content, StandardCharsets.UTF_8))
        .isEqualTo(find("device-image").string("plaintext"));
  }

  @Test
  void pcr8OfAVirtualTpm() throws Exception {
    Json.Obj wanted = find("vtpm-pcr8");
    byte[] digest = Hex.decode(wanted.string("initdata_digest_hex"));
    assertThat(Hex.encode(Digests.sha256(new byte[32], digest)))
        .isEqualTo(wanted.string("pcr8_sha256_hex"));
  }

  @Test
  void otherVersionsAlgorithmsAndMissingOnesAreRefused() throws Exception {
    for (String id : List.of("reject-version", "reject-algorithm", "reject-missing-version")) {
      byte[] toml = find(id).string("toml_inline").getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> InitDataDocument.parse(toml))
          .as(id)
          .isInstanceOf(MalformedEvidenceException.class);
    }
  }

  private static Json.Obj find(String id) throws Exception {
    Json.Obj index = Json.parse(Files.readAllBytes(CASES.resolve("index.json"))).asObject("index");
    return index.array("cases").stream()
        .map(c -> c.asObject("case"))
        .filter(c -> c.string("id").equals(id))
        .findFirst()
        .orElseThrow();
  }
}
