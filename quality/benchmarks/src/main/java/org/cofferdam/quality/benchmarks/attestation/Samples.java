// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.benchmarks.attestation;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.attestation.Evidence;
import org.cofferdam.core.attestation.Expectations;
import org.cofferdam.core.attestation.Policy;
import org.cofferdam.core.attestation.TrustAnchor;
import org.cofferdam.core.attestation.TrustAnchors;
import org.cofferdam.core.attestation.Verified;
import org.cofferdam.core.attestation.Verifier;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.SignatureAlgorithm;
import org.cofferdam.core.bytes.SignatureEngine;
import org.cofferdam.quality.foundry.EnclaveIdentityOf;
import org.cofferdam.quality.foundry.Hook;
import org.cofferdam.quality.foundry.TestAmd;
import org.cofferdam.quality.foundry.TestIntel;

/**
 * Evidence of one platform, each piece with another challenge: what a relying party sees that
 * verifies again and again. Only the signature over the evidence itself is new each time.
 */
final class Samples {
  private static final int PIECES = 8192;
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  /** What is measured. */
  enum Kind {
    SGX,
    TDX,
    SNP
  }

  private final Kind kind;
  private final List<Evidence> pieces = new ArrayList<>();
  private final List<Document> endorsements = new ArrayList<>();
  private final TrustAnchors anchors;

  Samples(Kind kind) {
    this.kind = kind;
    byte[] root;
    if (kind == Kind.SNP) {
      TestAmd amd =
          new TestAmd(
              TestAmd.Keys.generate(),
              new TestAmd.Machine("Genoa", 5, false),
              NOW.minusSeconds(86400),
              Hook.none());
      root = amd.rootPublicKey();
      endorsements.add(Document.of("vcek", amd.signerCertificate()));
      endorsements.add(Document.of("ask", amd.issuerCertificate()));
      endorsements.add(Document.of("ark", amd.rootCertificate()));
      for (int i = 0; i < PIECES; i++) {
        pieces.add(Evidence.of(amd.report(challenge(i), new byte[48])));
      }
    } else {
      TestIntel intel = new TestIntel(NOW, Hook.none());
      root = intel.root().publicKey();
      endorsements.add(Document.of("collateral", intel.collateral(kind == Kind.TDX)));
      for (int i = 0; i < PIECES; i++) {
        pieces.add(
            Evidence.of(
                kind == Kind.TDX
                    ? intel.tdxQuote(
                        new byte[48],
                        List.of(new byte[48], new byte[48], new byte[48], new byte[48]),
                        challenge(i))
                    : intel.sgxQuote(
                        new EnclaveIdentityOf(
                            new byte[32],
                            new byte[32],
                            1,
                            1,
                            EnclaveIdentityOf.PRODUCTION,
                            challenge(i)))));
      }
    }
    anchors =
        new TrustAnchors(
            List.of(
                new TrustAnchor(
                    "foundry",
                    TrustAnchors.ANY_USE,
                    Bytes.of(root),
                    TrustAnchor.Origin.DEVELOPMENT)));
  }

  private static byte[] challenge(int i) {
    return ByteBuffer.allocate(64).putInt(i).array();
  }

  Verifier verifier(SignatureEngine engine) {
    return Verifier.create(engine, Endorsements.of(anchors, endorsements));
  }

  /** Verifies the {@code i}th piece with its challenge. */
  void verify(Verifier verifier, int i) {
    int piece = i & (PIECES - 1);
    Expectations expectations =
        Expectations.at(NOW, Policy.genuine())
            .withReportData(Bytes.of(challenge(piece)))
            .withDevelopment(true);
    if (!(verifier.verify(pieces.get(piece), expectations) instanceof Verified)) {
      throw new IllegalStateException("piece " + piece + " does not verify");
    }
  }

  /** The bare signature verification that each piece needs anew. */
  void floor(SignatureEngine engine, int i) {
    Bytes content = pieces.get(i & (PIECES - 1)).first().content();
    boolean good =
        switch (kind) {
          case SGX -> p256(engine, content, 48 + 384);
          case TDX -> p256(engine, content, 48 + 584);
          case SNP -> snp(engine, content);
        };
    if (!good) {
      throw new IllegalStateException("the bare signature does not verify");
    }
  }

  private static boolean p256(SignatureEngine engine, Bytes quote, int signed) {
    int at = signed + 4;
    Bytes key =
        Bytes.concat(
            Bytes.ofHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004"),
            quote.slice(at + 64, at + 128));
    return engine.verify(
        SignatureAlgorithm.ECDSA_P256_SHA256,
        key,
        quote.slice(0, signed).toArray(),
        quote.slice(at, at + 64).toArray());
  }

  private boolean snp(SignatureEngine engine, Bytes report) {
    byte[] rs = new byte[96];
    for (int i = 0; i < 48; i++) {
      rs[47 - i] = (byte) report.at(0x2a0 + i);
      rs[95 - i] = (byte) report.at(0x2a0 + 72 + i);
    }
    return engine.verify(
        SignatureAlgorithm.ECDSA_P384_SHA384,
        org.cofferdam.core.bytes.x509.Certificate.parse(endorsements.getFirst().content()).spki(),
        report.slice(0, 0x2a0).toArray(),
        rs);
  }
}
