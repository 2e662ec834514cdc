// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.measurement.snp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.json.Json;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Digests that another tool computes for the same firmware. */
class SnpLaunchTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("cofferdam.shared", "../shared"), "vectors", "sev-snp", "measure");
  private static final Pattern CALL =
      Pattern.compile(
          " SevMode.SEV_SNP, (?<vcpus>[0-9]+), .*\"/dev/null\", \"/dev/null\", \"(?<append>[^\"]*)\", "
              + "(?<features>0x[0-9a-f]+)(.*VMMType.(?<vmm>[a-z0-9]+))?.*");

  @Test
  void everyVectorThatGivesItsArguments() throws Exception {
    Assumptions.assumeTrue(Files.exists(VECTORS), "the vectors are not here: " + VECTORS);
    byte[] image = Files.readAllBytes(VECTORS.resolve("ovmf_AmdSev_suffix.bin"));
    int checked = 0;
    for (Json item :
        Json.parse(Files.readAllBytes(VECTORS.resolve("expected.json"))).asArray("expected")) {
      Json.Obj vector = item.asObject("vector");
      Matcher call = CALL.matcher(vector.string("call"));
      if (!call.matches()) {
        continue;
      }
      Vmm vmm =
          call.group("vmm") == null
              ? Vmm.QEMU
              : Vmm.valueOf(call.group("vmm").toUpperCase(java.util.Locale.ROOT));
      Optional<byte[]> firmware =
          vector
              .get("ovmfHash")
              .filter(v -> v != Json.Null.NULL)
              .map(v -> Hex.decode(v.asString("ovmfHash")));
      byte[] digest =
          SnpLaunch.digest(
              vmm,
              image,
              firmware,
              Optional.of(new SnpLaunch.Boot(new byte[0], new byte[0], call.group("append"))),
              new SnpLaunch.Processors(
                  Integer.parseInt(call.group("vcpus")),
                  CpuType.of("EPYC-v4").orElseThrow(),
                  Long.decode(call.group("features"))));
      assertThat(Hex.encode(digest))
          .as(vector.string("test"))
          .isEqualTo(vector.string("expectedLaunchDigest"));
      checked++;
    }
    assertThat(checked).isEqualTo(8);
  }

  @Test
  void everyInputMovesIt() throws Exception {
    Assumptions.assumeTrue(Files.exists(VECTORS), "the vectors are not here: " + VECTORS);
    byte[] image = Files.readAllBytes(VECTORS.resolve("ovmf_AmdSev_suffix.bin"));
    CpuType type = CpuType.of("EPYC-Milan").orElseThrow();
    java.util.Set<String> digests = new java.util.HashSet<>();
    byte[] other = {1};
    byte[] none = {};
    digests.add(digest(image, none, none, "", 1, type, 1));
    digests.add(digest(image, other, none, "", 1, type, 1));
    digests.add(digest(image, none, other, "", 1, type, 1));
    digests.add(digest(image, none, none, "x", 1, type, 1));
    digests.add(digest(image, none, none, "", 2, type, 1));
    digests.add(digest(image, none, none, "", 1, CpuType.of("EPYC-Genoa").orElseThrow(), 1));
    digests.add(digest(image, none, none, "", 1, type, 0x21));
    byte[] changed = image.clone();
    changed[0] ^= 1;
    digests.add(digest(changed, none, none, "", 1, type, 1));
    assertThat(digests).hasSize(8);
  }

  private static String digest(
      byte[] image, byte[] kernel, byte[] initrd, String append, int vcpus, CpuType type, long f) {
    return Hex.encode(
        SnpLaunch.digest(
            Vmm.QEMU,
            image,
            Optional.empty(),
            Optional.of(new SnpLaunch.Boot(kernel, initrd, append)),
            new SnpLaunch.Processors(vcpus, type, f)));
  }
}
