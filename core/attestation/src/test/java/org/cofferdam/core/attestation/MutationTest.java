// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.JcaSignatureEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every byte of recorded evidence changed in turn: never accepted with another meaning, and never
 * an undeclared exception. A change that leaves every claim as it was (the last bits of base64,
 * say) may be accepted.
 */
@Tag("long")
class MutationTest {
  private static final Path FOLDER = Path.of(System.getProperty("cofferdam.shared", ""), "vectors");

  @ParameterizedTest
  @CsvSource({
    "sev-snp/trustee-milan-v2/report.bin, 2025-01-11T00:00:00Z,"
        + " sev-snp/trustee-milan-v2/vcek.der;sev-snp/certs/ask-milan.pem;sev-snp/certs/ark-milan.pem",
    "sev-snp/oak-turin-v5/report.bin, 2025-07-27T17:04:46Z,"
        + " sev-snp/oak-turin-v5/vcek.der;sev-snp/certs/ask-turin.pem;sev-snp/certs/ark-turin.pem",
    "nitro/dstack-attest.cbor, 2025-12-25T16:05:19Z,",
    "nvidia/hopper-580/report.bin, 2025-06-01T00:00:00Z, nvidia/hopper-580/chain.pem",
    "cca/rust-ccatoken-draft-ffm-00.cbor, 2025-01-01T00:00:00Z, cca/keys/cpak-tfa.json",
    "cca/ccatoken-good-cmw.cbor, 2025-01-01T00:00:00Z, cca/keys/iak-p256.json",
    "cove/good.cbor, 2025-01-01T00:00:00Z, cove/rot-public.pem",
    "gcp/confidential-space-tdx.jwt, 2025-09-05T08:27:30Z,",
  })
  void everyByteChanged(String file, String at, String beside) throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no recorded evidence here");
    TrustAnchors anchors = BuiltInAnchors.load();
    List<Document> collateral = new ArrayList<>();
    for (String name : beside == null ? new String[0] : beside.split(";", -1)) {
      Document document = Document.of(name, Files.readAllBytes(FOLDER.resolve(name.strip())));
      collateral.add(document);
      if (name.contains("keys/") || name.contains("rot-")) {
        for (TrustAnchor anchor : SuppliedAnchors.read(document)) {
          anchors = anchors.with(anchor);
        }
      }
    }
    Verifier verifier =
        Verifier.create(new JcaSignatureEngine(), Endorsements.of(anchors, collateral));
    Expectations expectations = Expectations.at(Instant.parse(at), Policy.genuine());
    byte[] good = Files.readAllBytes(FOLDER.resolve(file));
    VerificationResult original = verifier.verify(Evidence.of(good), expectations);
    assertThat(original).isInstanceOf(GenuineEvidence.class);
    List<Integer> accepted =
        IntStream.range(0, good.length)
            .parallel()
            .filter(
                i -> {
                  byte[] changed = good.clone();
                  changed[i] ^= (byte) (1 << (i % 8));
                  VerificationResult result = verifier.verify(Evidence.of(changed), expectations);
                  return result instanceof Verified
                      && !result.report().claims().equals(original.report().claims());
                })
            .boxed()
            .toList();
    assertThat(accepted).as("offsets accepted with another meaning of %s", good.length).isEmpty();
  }

  /** Truncations and additions. */
  @ParameterizedTest
  @CsvSource({
    "sev-snp/trustee-milan-v2/report.bin",
    "nitro/dstack-attest.cbor",
    "nvidia/hopper-580/report.bin",
    "cca/rust-ccatoken-01.cbor",
    "cove/good.cbor",
  })
  void everyLengthChanged(String file) throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no recorded evidence here");
    Verifier verifier =
        Verifier.create(
            new JcaSignatureEngine(), Endorsements.of(BuiltInAnchors.load(), List.of()));
    Expectations expectations =
        Expectations.at(Instant.parse("2025-01-01T00:00:00Z"), Policy.genuine());
    Bytes good = Bytes.of(Files.readAllBytes(FOLDER.resolve(file)));
    Stream<Bytes> cut = IntStream.range(0, good.length()).mapToObj(n -> good.slice(0, n));
    Stream<Bytes> longer =
        Stream.of("01", "ff", "0000").map(tail -> Bytes.concat(good, Bytes.ofHex(tail)));
    assertThat(
            Stream.concat(cut, longer)
                .map(b -> verifier.verify(Evidence.of(b.toArray()), expectations))
                .filter(r -> !(r instanceof Refused)))
        .isEmpty();
  }
}
