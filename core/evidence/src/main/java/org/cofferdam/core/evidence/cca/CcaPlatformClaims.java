// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.cca;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.cbor.Cbor;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.CborClaims;
import org.jspecify.annotations.Nullable;

/**
 * Claims of the CCA platform token, in both known profiles. Labels stand at the components. Claims
 * that are not known are left alone, as the profile allows them.
 *
 * @param profile 265, one of {@link #PROFILES}
 * @param challenge 10, 32, 48 or 64 bytes: hash of the realm attestation key
 * @param implementationId 2396, 32 bytes
 * @param instanceId 256, 33 bytes, the first 0x01
 * @param config 2401
 * @param lifecycle 2395, 16 bits
 * @param hashAlgorithm 2402
 * @param verificationService 2400; null where absent
 * @param components 2399, at least one
 */
public record CcaPlatformClaims(
    String profile,
    Bytes challenge,
    Bytes implementationId,
    Bytes instanceId,
    Bytes config,
    int lifecycle,
    String hashAlgorithm,
    @Nullable String verificationService,
    List<Component> components) {

  /** The profiles that are understood. */
  public static final List<String> PROFILES =
      List.of("http://arm.com/CCA-SSD/1.0.0", "tag:arm.com,2023:cca_platform#1.0.0");

  private static final String FORMAT = "CCA platform claims";

  /**
   * A piece of firmware.
   *
   * @param type 1; null where absent
   * @param measurement 2, 32, 48 or 64 bytes
   * @param version 4; null where absent
   * @param signerId 5, 32, 48 or 64 bytes
   * @param hashAlgorithm 6; null where the token's own applies
   */
  public record Component(
      @Nullable String type,
      Bytes measurement,
      @Nullable String version,
      Bytes signerId,
      @Nullable String hashAlgorithm) {

    public Json.Obj toJson() {
      return Json.object()
          .put("component-type", Json.nullable(type))
          .put("measurement-value", measurement.hex())
          .put("version", Json.nullable(version))
          .put("signer-id", signerId.hex())
          .put("hash-algorithm-id", Json.nullable(hashAlgorithm))
          .build();
    }
  }

  /** Where the device is in its life, from the upper byte of the claim. */
  public enum Lifecycle {
    UNKNOWN,
    ASSEMBLY_AND_TEST,
    ROT_PROVISIONING,
    SECURED,
    NON_CCA_DEBUG,
    RECOVERABLE_CCA_DEBUG,
    DECOMMISSIONED,
    INVALID
  }

  public CcaPlatformClaims {
    components = List.copyOf(components);
  }

  /**
   * @throws MalformedEvidenceException where a claim is missing or has another form, or the profile
   *     is not known
   */
  public static CcaPlatformClaims parse(Bytes bytes) {
    CborClaims claims = CborClaims.parse(FORMAT, bytes);
    String profile = claims.text(265, "cca-platform-profile");
    if (!PROFILES.contains(profile)) {
      throw claims.malformed("cca-platform-profile", "is not known");
    }
    Bytes instanceId = claims.bytes(256, "cca-platform-instance-id", 33);
    if (instanceId.at(0) != 1) {
      throw claims.malformed("cca-platform-instance-id", "does not begin with 01");
    }
    List<Component> components = new ArrayList<>();
    for (Cbor item : claims.array(2399, "cca-platform-sw-components")) {
      components.add(component(CborClaims.of(FORMAT + " component", item)));
    }
    if (components.isEmpty()) {
      throw claims.malformed("cca-platform-sw-components", "is empty");
    }
    return new CcaPlatformClaims(
        profile,
        claims.bytes(10, "cca-platform-challenge", 32, 48, 64),
        claims.bytes(2396, "cca-platform-implementation-id", 32),
        instanceId,
        claims.bytes(2401, "cca-platform-config"),
        (int) claims.number(2395, "cca-platform-lifecycle", 0xffff),
        claims.text(2402, "cca-platform-hash-algo-id"),
        claims.optionalText(2400, "cca-platform-service-indicator").orElse(null),
        components);
  }

  public Lifecycle state() {
    return switch (lifecycle >> 8) {
      case 0x00 -> Lifecycle.UNKNOWN;
      case 0x10 -> Lifecycle.ASSEMBLY_AND_TEST;
      case 0x20 -> Lifecycle.ROT_PROVISIONING;
      case 0x30 -> Lifecycle.SECURED;
      case 0x40 -> Lifecycle.NON_CCA_DEBUG;
      case 0x50 -> Lifecycle.RECOVERABLE_CCA_DEBUG;
      case 0x60 -> Lifecycle.DECOMMISSIONED;
      default -> Lifecycle.INVALID;
    };
  }

  public Json.Obj fields() {
    return Json.object()
        .put("cca-platform-profile", profile)
        .put("cca-platform-challenge", challenge.hex())
        .put("cca-platform-implementation-id", implementationId.hex())
        .put("cca-platform-instance-id", instanceId.hex())
        .put("cca-platform-config", config.hex())
        .put("cca-platform-lifecycle", lifecycle)
        .put("cca-platform-hash-algo-id", hashAlgorithm)
        .put("cca-platform-service-indicator", Json.nullable(verificationService))
        .put(
            "cca-platform-sw-components",
            Json.array(components.stream().map(Component::toJson).toList()))
        .build();
  }

  private static Component component(CborClaims claims) {
    return new Component(
        claims.optionalText(1, "component type").orElse(null),
        claims.bytes(2, "measurement value", 32, 48, 64),
        claims.optionalText(4, "version").orElse(null),
        claims.bytes(5, "signer id", 32, 48, 64),
        claims.optionalText(6, "hash algorithm id").orElse(null));
  }
}
