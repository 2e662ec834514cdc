// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.collateral;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.cofferdam.core.attestation.Document;
import org.cofferdam.core.attestation.Endorsements;
import org.cofferdam.core.bytes.Hex;
import org.cofferdam.core.bytes.MalformedEvidenceException;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.dcap.SignedObject;

/**
 * Intel's provisioning certification service (PCS, API version 4), or a cache that mirrors its
 * paths (PCCS). One question gives one document in the form that quote verification libraries
 * share.
 */
public final class IntelService {
  private static final Duration FRESH = Duration.ofHours(6);
  private static final String TCB_CHAIN = "tcb-info-issuer-chain";
  private static final String QE_CHAIN = "sgx-enclave-identity-issuer-chain";
  private static final String CRL_CHAIN = "sgx-pck-crl-issuer-chain";

  private final CollateralCache cache;
  private final URI base;
  private final URI rootCrl;

  /**
   * @param base up to and not with {@code /sgx/certification/v4}
   * @param rootCrl address of the root's revocation list, DER
   */
  public IntelService(CollateralCache cache, URI base, URI rootCrl) {
    this.cache = cache;
    this.base = base;
    this.rootCrl = rootCrl;
  }

  /** The collateral of one platform; empty where a part is not to be had. */
  public List<Document> find(Endorsements.Query.IntelCollateral query) {
    if (!query.fmspc().matches("[0-9a-f]{12}") || query.ca().isEmpty()) {
      return List.of();
    }
    Optional<Fetcher.Answer> tcb = get("/" + query.tee(), "/tcb?fmspc=" + query.fmspc());
    Optional<Fetcher.Answer> identity = get("/" + query.tee(), "/qe/identity");
    Optional<Fetcher.Answer> list = get("/sgx", "/pckcrl?ca=" + query.ca() + "&encoding=der");
    Optional<Fetcher.Answer> root = cache.get(rootCrl, FRESH);
    if (tcb.isEmpty() || identity.isEmpty() || list.isEmpty() || root.isEmpty()) {
      return List.of();
    }
    SignedObject info = cut(tcb.get());
    SignedObject qe = cut(identity.get());
    Json bundle =
        Json.object()
            .put("pck_crl_issuer_chain", chain(list.get(), CRL_CHAIN))
            .put("root_ca_crl", Hex.encode(root.get().body()))
            .put("pck_crl", Hex.encode(list.get().body()))
            .put("tcb_info_issuer_chain", chain(tcb.get(), TCB_CHAIN))
            .put("tcb_info", info.text())
            .put("tcb_info_signature", info.signature().hex())
            .put("qe_identity_issuer_chain", chain(identity.get(), QE_CHAIN))
            .put("qe_identity", qe.text())
            .put("qe_identity_signature", qe.signature().hex())
            .build();
    return List.of(
        Document.of(
            "intel-" + query.tee() + "-" + query.fmspc() + "-" + query.ca() + ".json",
            bundle.write().getBytes(StandardCharsets.UTF_8)));
  }

  private Optional<Fetcher.Answer> get(String tee, String path) {
    return cache.get(URI.create(base + tee + "/certification/v4" + path), FRESH);
  }

  private static SignedObject cut(Fetcher.Answer answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    return SignedObject.cut(text, List.of())
        .orElseThrow(
            () ->
                new MalformedEvidenceException(
                    "Intel's answer", "body", -1, "is no signed object"));
  }

  /** PEM, which the service encodes for a header (Intel PCS API v4). */
  private static String chain(Fetcher.Answer answer, String name) {
    String header = answer.headers().getOrDefault(name, "");
    if (header.isEmpty()) {
      throw new MalformedEvidenceException("Intel's answer", name, -1, "is missing");
    }
    try {
      return URLDecoder.decode(header, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedEvidenceException("Intel's answer", name, -1, "is not URL-encoded");
    }
  }
}
