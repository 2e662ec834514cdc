// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.time.Instant;
import java.util.List;
import org.cofferdam.core.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What the relying party knows before it looks at the evidence. Made with {@link #at} and the
 * {@code with} methods.
 *
 * @param at the one clock of this verification
 * @param policy which findings suffice
 * @param kind the kind that the evidence must be, or null to recognise it by content
 * @param nonce the challenge that the evidence must carry, compared as its format defines; null
 *     where none was given, which is reported
 * @param reportData the whole report data field, or null
 * @param audience of a token, or null
 * @param issuer of a token or endorsement, or null
 * @param feed of an endorsement, or null
 * @param activationDigest SHA-256 of the secret that credential activation must have given back, or
 *     null where there was no activation
 * @param allowDevelopment true to accept a development TEE, marked as such
 * @param waivers leave to fail single policy rules
 */
public record Expectations(
    Instant at,
    Policy policy,
    @Nullable String kind,
    @Nullable Bytes nonce,
    @Nullable Bytes reportData,
    @Nullable String audience,
    @Nullable String issuer,
    @Nullable String feed,
    @Nullable Bytes activationDigest,
    boolean allowDevelopment,
    List<Waiver> waivers) {

  public Expectations {
    waivers = List.copyOf(waivers);
  }

  /** Nothing is known but the time and the policy. */
  public static Expectations at(Instant at, Policy policy) {
    return new Expectations(at, policy, null, null, null, null, null, null, null, false, List.of());
  }

  public Expectations withTime(Instant at) {
    return new Expectations(
        at,
        policy,
        kind,
        nonce,
        reportData,
        audience,
        issuer,
        feed,
        activationDigest,
        allowDevelopment,
        waivers);
  }

  public Expectations withKind(@Nullable String kind) {
    return new Expectations(
        at,
        policy,
        kind,
        nonce,
        reportData,
        audience,
        issuer,
        feed,
        activationDigest,
        allowDevelopment,
        waivers);
  }

  public Expectations withNonce(@Nullable Bytes nonce) {
    return new Expectations(
        at,
        policy,
        kind,
        nonce,
        reportData,
        audience,
        issuer,
        feed,
        activationDigest,
        allowDevelopment,
        waivers);
  }

  public Expectations withReportData(@Nullable Bytes reportData) {
    return new Expectations(
        at,
        policy,
        kind,
        nonce,
        reportData,
        audience,
        issuer,
        feed,
        activationDigest,
        allowDevelopment,
        waivers);
  }

  public Expectations withAudience(@Nullable String audience) {
    return new Expectations(
        at,
        policy,
        kind,
        nonce,
        reportData,
        audience,
        issuer,
        feed,
        activationDigest,
        allowDevelopment,
        waivers);
  }

  public Expectations withIssuer(@Nullable String issuer) {
    return new Expectations(
        at,
        policy,
        kind,
        nonce,
        reportData,
        audience,
        issuer,
        feed,
        activationDigest,
        allowDevelopment,
        waivers);
  }

  public Expectations withFeed(@Nullable String feed) {
    return new Expectations(
        at,
        policy,
        kind,
        nonce,
        reportData,
        audience,
        issuer,
        feed,
        activationDigest,
        allowDevelopment,
        waivers);
  }

  public Expectations withActivationDigest(@Nullable Bytes activationDigest) {
    return new Expectations(
        at,
        policy,
        kind,
        nonce,
        reportData,
        audience,
        issuer,
        feed,
        activationDigest,
        allowDevelopment,
        waivers);
  }

  public Expectations withDevelopment(boolean allowDevelopment) {
    return new Expectations(
        at,
        policy,
        kind,
        nonce,
        reportData,
        audience,
        issuer,
        feed,
        activationDigest,
        allowDevelopment,
        waivers);
  }

  public Expectations withWaivers(List<Waiver> waivers) {
    return new Expectations(
        at,
        policy,
        kind,
        nonce,
        reportData,
        audience,
        issuer,
        feed,
        activationDigest,
        allowDevelopment,
        waivers);
  }
}
