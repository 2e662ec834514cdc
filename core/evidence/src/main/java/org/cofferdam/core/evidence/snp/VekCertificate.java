// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.snp;

import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.der.DerElement;
import org.cofferdam.core.bytes.der.DerReader;
import org.cofferdam.core.bytes.x509.Certificate;
import org.cofferdam.core.bytes.x509.Extension;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of a chip's (VCEK) or a provider's (VLEK) signing key: AMD's extensions {@code
 * 1.3.6.1.4.1.3704.1.x} ("Versioned Chip Endorsement Key Certificate and KDS Interface
 * Specification").
 *
 * @param structVersion 0; 1 for Turin
 * @param productName for example {@code Milan-B0}
 * @param bootLoader security version that the key was derived for, as the next ones
 * @param fmc null before Turin
 * @param hardwareId of the chip: 64 bytes, 8 for Turin; null in a VLEK
 * @param cspId of the provider; null in a VCEK
 */
public record VekCertificate(
    Certificate certificate,
    int structVersion,
    String productName,
    int bootLoader,
    int tee,
    int snp,
    int microcode,
    @Nullable Integer fmc,
    @Nullable Bytes hardwareId,
    @Nullable String cspId) {

  private static final String FORMAT = "VCEK or VLEK certificate";
  private static final String ARC = "1.3.6.1.4.1.3704.1.";
  private static final String CHIP_KEY = "SEV-VCEK";
  private static final String PROVIDER_KEY = "SEV-VLEK";

  /** True where the subject is that of a key that signs reports. */
  public static boolean isOne(Certificate certificate) {
    String name = certificate.commonName();
    return name.equals(CHIP_KEY) || name.equals(PROVIDER_KEY);
  }

  /**
   * @throws MalformedEvidenceException where an extension is missing or has another form, or those
   *     of both kinds of key are there
   */
  public static VekCertificate parse(Certificate certificate) {
    int structVersion = number(certificate, "1");
    boolean turin = structVersion == 1;
    if (structVersion > 1) {
      throw new MalformedEvidenceException(FORMAT, "structVersion", -1, "is not known");
    }
    String productName = element(certificate, "2").text();
    for (String reserved : new String[] {"3.4", "3.5", "3.6", "3.7"}) {
      if (certificate.extension(ARC + reserved).isPresent() && number(certificate, reserved) != 0) {
        throw new MalformedEvidenceException(FORMAT, ARC + reserved, -1, "is not zero");
      }
    }
    Bytes hardwareId =
        certificate.extension(ARC + "4").map(VekCertificate::hardwareId).orElse(null);
    String cspId =
        certificate.extension(ARC + "5").isPresent() ? element(certificate, "5").text() : null;
    if ((hardwareId == null) == (cspId == null)) {
      throw new MalformedEvidenceException(
          FORMAT, "hwID", -1, "and cspID must be there one without the other");
    }
    return new VekCertificate(
        certificate,
        structVersion,
        productName,
        number(certificate, "3.1"),
        number(certificate, "3.2"),
        number(certificate, "3.3"),
        number(certificate, "3.8"),
        turin ? Integer.valueOf(number(certificate, "3.9")) : null,
        hardwareId,
        cspId);
  }

  /** Subject and extensions say that it is a chip's own key. */
  public boolean isChipKey() {
    return certificate.commonName().equals(CHIP_KEY) && hardwareId != null;
  }

  /** Subject and extensions say that it is a provider's key. */
  public boolean isProviderKey() {
    return certificate.commonName().equals(PROVIDER_KEY) && cspId != null;
  }

  public Optional<SnpProduct> product() {
    return SnpProduct.named(productName);
  }

  /** True where the key was derived for exactly these versions. */
  public boolean matches(TcbVersion tcb) {
    return bootLoader == tcb.bootLoader()
        && tee == tcb.tee()
        && snp == tcb.snp()
        && microcode == tcb.microcode()
        && (fmc == null ? tcb.fmc() == null : fmc.equals(tcb.fmc()));
  }

  /** The versions as text, in the order of {@link TcbVersion#toJson}. */
  public String versions() {
    return "bootloader "
        + bootLoader
        + ", tee "
        + tee
        + ", snp "
        + snp
        + ", microcode "
        + microcode
        + (fmc == null ? "" : ", fmc " + fmc);
  }

  /** The bare bytes, or an OCTET STRING around them: both are in use. */
  private static Bytes hardwareId(Extension extension) {
    Bytes value = extension.value();
    if (value.length() == 64 || value.length() == 8) {
      return value;
    }
    Bytes inner = DerReader.single(FORMAT, value).octets();
    if (inner.length() != 64 && inner.length() != 8) {
      throw new MalformedEvidenceException(FORMAT, "hwID", -1, "is neither 64 nor 8 bytes long");
    }
    return inner;
  }

  private static int number(Certificate certificate, String arc) {
    return element(certificate, arc).integer(0, 255);
  }

  private static DerElement element(Certificate certificate, String arc) {
    Extension extension =
        certificate
            .extension(ARC + arc)
            .orElseThrow(() -> new MalformedEvidenceException(FORMAT, ARC + arc, -1, "is missing"));
    return DerReader.single(FORMAT, extension.value());
  }
}
