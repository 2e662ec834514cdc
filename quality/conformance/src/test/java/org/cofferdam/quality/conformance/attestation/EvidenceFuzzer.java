// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.quality.conformance.attestation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cofferdam.core.attestation.Inspector;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.cbor.Cbor;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Crl;
import org.cofferdam.core.bytes.x509.Pem;
import org.cofferdam.core.evidence.azure.HclReport;
import org.cofferdam.core.evidence.azure.TdReport;
import org.cofferdam.core.evidence.cca.CcaToken;
import org.cofferdam.core.evidence.confidentialspace.ConfidentialSpaceToken;
import org.cofferdam.core.evidence.cove.CoveToken;
import org.cofferdam.core.evidence.dcap.EnclaveIdentity;
import org.cofferdam.core.evidence.dcap.PckExtension;
import org.cofferdam.core.evidence.dcap.Quote;
import org.cofferdam.core.evidence.dcap.TcbInfo;
import org.cofferdam.core.evidence.eventlog.EventLog;
import org.cofferdam.core.evidence.eventlog.RuntimeLog;
import org.cofferdam.core.evidence.gce.GceAttestation;
import org.cofferdam.core.evidence.gce.InstanceInfo;
import org.cofferdam.core.evidence.nitro.NitroDocument;
import org.cofferdam.core.evidence.nvidia.NvidiaReport;
import org.cofferdam.core.evidence.ratls.RaTlsCertificate;
import org.cofferdam.core.evidence.snp.SnpCertificateTable;
import org.cofferdam.core.evidence.snp.SnpJsonEvidence;
import org.cofferdam.core.evidence.snp.SnpReport;
import org.cofferdam.core.evidence.snp.VekCertificate;
import org.cofferdam.core.evidence.tpm.TpmAttest;
import org.cofferdam.core.evidence.tpm.TpmPublic;
import org.cofferdam.core.evidence.tpm.TpmSignature;
import org.cofferdam.core.evidence.uvm.UvmEndorsement;

/**
 * Every parser of evidence under a coverage-guided fuzzer. The first byte chooses the parser, the
 * rest is its input; nothing but {@link MalformedEvidenceException} may come out. Run by Jazzer
 * with {@code --target_class}.
 */
public final class EvidenceFuzzer {
  private static final List<Consumer<Bytes>> PARSERS =
      List.of(
          b -> Quote.parse(b).fields(),
          b -> SnpReport.parse(b).fields(),
          SnpCertificateTable::parse,
          b -> SnpJsonEvidence.parse(Json.parse(b.toArray())),
          b -> TpmAttest.parse(b).fields(),
          TpmPublic::parse,
          TpmSignature::parse,
          b -> Inspector.replay(EventLog.parse(b), Optional.empty()),
          RuntimeLog::parse,
          b -> GceAttestation.parse(b).fields(),
          b -> NitroDocument.parse(b).fields(),
          b -> CcaToken.parse(b).fields(),
          b -> CoveToken.parse(b).fields(),
          b -> NvidiaReport.parse(b).fields(),
          b -> UvmEndorsement.parse(b).fields(),
          b -> ConfidentialSpaceToken.parse(b).fields(),
          b -> HclReport.parse(b).fields(),
          TdReport::parse,
          b -> TcbInfo.parse(text(b)),
          b -> EnclaveIdentity.parse(text(b)),
          b -> certificate(Certificate.parse(b)),
          Crl::parse,
          b -> Pem.certificates(text(b)),
          b -> Json.parse(b.toArray()),
          b -> Cbor.parse("fuzz", b));

  private EvidenceFuzzer() {}

  private static void certificate(Certificate certificate) {
    certificate.extendedKeyUsage();
    for (Consumer<Certificate> extension :
        List.<Consumer<Certificate>>of(
            PckExtension::of, VekCertificate::parse, InstanceInfo::of, RaTlsCertificate::parse)) {
      try {
        extension.accept(certificate);
      } catch (MalformedEvidenceException e) {
        require(e);
      }
    }
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }

  /** One execution. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    try {
      PARSERS
          .get((bytes[0] & 0xff) % PARSERS.size())
          .accept(Bytes.of(Arrays.copyOfRange(bytes, 1, bytes.length)));
    } catch (MalformedEvidenceException e) {
      require(e);
    }
  }

  /** The declared answer names what was wrong. */
  private static void require(MalformedEvidenceException e) {
    if (e.getMessage() == null || e.format().isEmpty()) {
      throw new IllegalStateException("an error without a message", e);
    }
  }

  /** Writes seeds: a folder, and the folder of recorded evidence. Each file goes to each parser. */
  public static void main(String[] args) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(Path.of(args[1]))) {
      files =
          walk.filter(Files::isRegularFile)
              .filter(f -> f.toFile().length() < 20_000)
              .sorted()
              .toList();
    }
    int count = 0;
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      for (int parser = 0; parser < PARSERS.size(); parser++) {
        if (reads(parser, content)) {
          byte[] seed = new byte[content.length + 1];
          seed[0] = (byte) parser;
          System.arraycopy(content, 0, seed, 1, content.length);
          Files.write(Path.of(args[0], "seed" + count++), seed);
        }
      }
    }
    System.out.println(count + " seeds for " + PARSERS.size() + " parsers");
  }

  private static boolean reads(int parser, byte[] content) {
    try {
      PARSERS.get(parser).accept(Bytes.of(content));
      return true;
    } catch (MalformedEvidenceException e) {
      return false;
    }
  }
}
