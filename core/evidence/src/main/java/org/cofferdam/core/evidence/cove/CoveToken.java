// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.cove;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.cbor.Cbor;
import org.cofferdam.core.bytes.cose.CoseKey;
import org.cofferdam.core.bytes.cose.CoseSign1;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.CborClaims;
import org.jspecify.annotations.Nullable;

/**
 * CoVE attestation token (RISC-V AP-TEE specification, draft; labels are provisional): three signed
 * CBOR web tokens, where the platform vouches for the key of the security manager (TSM), and that
 * one for the virtual machine (TVM).
 *
 * @param platform signed by the root of trust
 * @param tsm signed by the key in {@code platform}
 * @param tvm signed by the key in {@code tsm}
 */
public record CoveToken(Platform platform, Tsm tsm, Tvm tvm) {
  private static final String FORMAT = "CoVE token";
  private static final long CWT_TAG = 61;

  /** Life cycle of the platform. */
  public enum State {
    NOT_CONFIGURED(1),
    SECURED(2),
    DEBUG(3),
    RECOVERY(4);

    private final int number;

    State(int number) {
      this.number = number;
    }

    /** The value of the claim. */
    public int number() {
      return number;
    }

    static State of(CborClaims claims) {
      long number = claims.number(CoveLabels.PLATFORM_STATE, "state", 4);
      for (State state : values()) {
        if (state.number == number) {
          return state;
        }
      }
      throw claims.malformed("state", "is 0, known are 1 to 4");
    }
  }

  /**
   * @param profile 265
   * @param publicKey COSE_Key as encoded: signs the TSM token
   * @param manufacturerId 64 bytes
   * @param state 1 to 4
   */
  public record Platform(
      CoseSign1 message,
      String profile,
      Bytes publicKey,
      Bytes manufacturerId,
      State state,
      List<CoveComponent> components) {
    public Platform {
      components = List.copyOf(components);
    }
  }

  /**
   * @param publicKey COSE_Key as encoded: signs the TVM token
   */
  public record Tsm(CoseSign1 message, Bytes publicKey, List<CoveComponent> components) {
    public Tsm {
      components = List.copyOf(components);
    }
  }

  /**
   * @param challenge 10, 64 bytes
   * @param identity 64 bytes; null where absent
   * @param publicKey COSE_Key as encoded: of the virtual machine itself
   * @param initial index 1 to 8
   * @param runtime index 1 to 18
   */
  public record Tvm(
      CoseSign1 message,
      Bytes challenge,
      @Nullable Bytes identity,
      Bytes publicKey,
      List<Measurement> initial,
      List<Measurement> runtime) {
    public Tvm {
      initial = List.copyOf(initial);
      runtime = List.copyOf(runtime);
    }
  }

  /**
   * @param value 32, 48 or 64 bytes
   */
  public record Measurement(int index, Bytes value, String algorithm) {
    public Json.Obj toJson() {
      return Json.object()
          .put("index", index)
          .put("value", value.hex())
          .put("algorithm", algorithm)
          .build();
    }
  }

  /** True where the one label of the collection stands first. */
  public static boolean looksLike(Bytes bytes) {
    // A map of one entry whose key is 266 in two bytes.
    return bytes.length() > 4
        && bytes.at(0) == 0xa1
        && bytes.at(1) == 0x19
        && bytes.at(2) == 0x01
        && bytes.at(3) == 0x0a;
  }

  /**
   * @throws MalformedEvidenceException where a token or a claim is missing or has another form
   */
  public static CoveToken parse(Bytes bytes) {
    CborClaims outer = CborClaims.parse(FORMAT, bytes);
    if (outer.map().entries().size() != 1) {
      throw outer.malformed("collection", "has more than one entry");
    }
    Cbor.Dict parts =
        outer.require(CoveLabels.COLLECTION, "collection").asDict(FORMAT, "collection");
    if (parts.entries().size() != 3) {
      throw outer.malformed("collection", "has " + parts.entries().size() + " tokens, not 3");
    }
    return new CoveToken(
        platform(message(parts, "platform")),
        tsm(message(parts, "tsm")),
        tvm(message(parts, "tvm")));
  }

  public Json.Obj fields() {
    Json.Builder tvmFields =
        Json.object()
            .put("challenge", tvm.challenge.hex())
            .put("identity", Json.nullable(tvm.identity == null ? null : tvm.identity.hex()))
            .put("public-key", tvm.publicKey.hex())
            .put("initial-measurements", measurements(tvm.initial))
            .put("runtime-measurements", measurements(tvm.runtime))
            .put("signature", tvm.message.signature().hex());
    return Json.object()
        .put(
            "platform",
            Json.object()
                .put("profile", platform.profile)
                .put("public-key", platform.publicKey.hex())
                .put("manufacturer-id", platform.manufacturerId.hex())
                .put("state", platform.state.number())
                .put("sw-components", components(platform.components))
                .put("signature", platform.message.signature().hex())
                .build())
        .put(
            "tsm",
            Json.object()
                .put("public-key", tsm.publicKey.hex())
                .put("sw-components", components(tsm.components))
                .put("signature", tsm.message.signature().hex())
                .build())
        .put("tvm", tvmFields.build())
        .build();
  }

  private static Json components(List<CoveComponent> all) {
    return Json.array(all.stream().map(CoveComponent::toJson).toList());
  }

  private static Json measurements(List<Measurement> all) {
    return Json.array(all.stream().map(Measurement::toJson).toList());
  }

  private static Platform platform(CoseSign1 message) {
    CborClaims claims = claims(FORMAT + " platform", message);
    return new Platform(
        message,
        claims.text(CoveLabels.PROFILE, "profile"),
        key(claims, CoveLabels.PLATFORM_PUBLIC_KEY),
        claims.bytes(CoveLabels.PLATFORM_MANUFACTURER_ID, "manufacturer id", 64),
        State.of(claims),
        CoveComponent.list(
            claims.format(), claims.array(CoveLabels.PLATFORM_SW_COMPONENTS, "components")));
  }

  private static Tsm tsm(CoseSign1 message) {
    CborClaims claims = claims(FORMAT + " TSM", message);
    return new Tsm(
        message,
        key(claims, CoveLabels.TSM_PUBLIC_KEY),
        CoveComponent.list(
            claims.format(), claims.array(CoveLabels.TSM_SW_COMPONENTS, "components")));
  }

  private static Tvm tvm(CoseSign1 message) {
    CborClaims claims = claims(FORMAT + " TVM", message);
    Optional<Cbor> identity = claims.get(CoveLabels.TVM_IDENTITY);
    return new Tvm(
        message,
        claims.bytes(CoveLabels.CHALLENGE, "challenge", 64),
        identity.map(c -> c.asBytes(claims.format(), "identity", 64)).orElse(null),
        key(claims, CoveLabels.TVM_PUBLIC_KEY),
        measurements(claims, CoveLabels.TVM_INITIAL_MEASUREMENTS, "initial measurements", 8),
        measurements(claims, CoveLabels.TVM_RUNTIME_MEASUREMENTS, "runtime measurements", 18));
  }

  private static List<Measurement> measurements(
      CborClaims claims, long label, String name, int max) {
    List<Measurement> all = new ArrayList<>();
    boolean[] seen = new boolean[max + 1];
    for (Cbor item : claims.array(label, name)) {
      CborClaims one = CborClaims.of(claims.format() + " measurement", item);
      int index = (int) one.number(1, "index", max);
      if (index == 0 || seen[index]) {
        throw claims.malformed(name, "have index " + index + " twice, or zero");
      }
      seen[index] = true;
      all.add(new Measurement(index, one.bytes(2, "value", 32, 48, 64), one.text(3, "algorithm")));
    }
    return all;
  }

  /** The key as encoded, after it was seen to be one. */
  private static Bytes key(CborClaims claims, long label) {
    Bytes encoded = claims.bytes(label, "public key");
    CoseKey.parse(claims.format() + " key", encoded);
    return encoded;
  }

  private static CoseSign1 message(Cbor.Dict parts, String name) {
    Cbor part =
        parts
            .get(name)
            .orElseThrow(() -> new MalformedEvidenceException(FORMAT, name, -1, "is missing"));
    return CoseSign1.of(FORMAT + " " + name, part);
  }

  private static CborClaims claims(String format, CoseSign1 message) {
    Cbor item = Cbor.parse(format, message.payload());
    return CborClaims.of(format, item instanceof Cbor.Tag t && t.is(CWT_TAG) ? t.content() : item);
  }
}
