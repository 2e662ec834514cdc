// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.cofferdam.core.bytes.x509.Certificate;

/**
 * Finds and verifies the path from a certificate to a trust anchor, and notes one check a rule:
 * {@code PREFIX.chain}, {@code .validity}, {@code .constraints}, {@code .critical-extensions}.
 * Certificates may come in any order; those of no use are ignored.
 */
public final class CertificateChains {
  private static final int LONGEST = 8;

  private final FormatVerifier.Context context;

  public CertificateChains(FormatVerifier.Context context) {
    this.context = context;
  }

  /**
   * A verified path, leaf first. It ends with a certificate that has the anchor's key, or one that
   * the anchor's key signed.
   */
  public record Path(List<Certificate> certificates, TrustAnchor anchor) {
    public Path {
      certificates = List.copyOf(certificates);
    }

    public Certificate leaf() {
      return certificates.getFirst();
    }

    /** The certificate that issued the leaf; the leaf itself where the anchor issued it. */
    public Certificate issuer() {
      return certificates.get(Math.min(1, certificates.size() - 1));
    }
  }

  /**
   * @param prefix of the checks' ids
   * @param use of the anchors that may end the path, see {@link TrustAnchors#forUse}
   * @param understood OIDs of critical extensions that the caller itself looks at
   * @return the path, where all checks of this method passed; the anchor is then noted as reached
   */
  public Optional<Path> verify(
      String prefix,
      Certificate leaf,
      List<Certificate> candidates,
      String use,
      Set<String> understood) {
    Findings findings = context.findings();
    Rule rule =
        Rule.proof(
            prefix + ".chain",
            "Only an unbroken chain of signatures to a pinned key tells who vouches.",
            "Supply all intermediate certificates, and check which root the evidence is under.");
    Optional<Path> found = search(List.of(leaf), candidates, use);
    Optional<String> missing =
        found.isPresent() ? Optional.empty() : missing(leaf, candidates, use);
    if (missing.isPresent()) {
      findings.missing(rule, missing.get());
      return Optional.empty();
    }
    boolean chained =
        findings.check(
            rule,
            found.isPresent(),
            "a chain of valid signatures to a trust anchor for " + use,
            found.map(p -> p.anchor().id()).orElse("no such chain from " + describe(leaf)));
    if (!chained) {
      return Optional.empty();
    }
    Path path = found.orElseThrow();
    boolean valid = validity(prefix, path);
    boolean constrained = constraints(prefix, path);
    boolean understandable = criticalExtensions(prefix, path, understood);
    boolean good = valid && constrained && understandable;
    if (good) {
      findings.anchored(path.anchor());
    }
    return good ? found : Optional.empty();
  }

  private Optional<Path> search(List<Certificate> path, List<Certificate> candidates, String use) {
    Certificate top = path.getLast();
    Optional<TrustAnchor> anchor = context.endorsements().anchors().find(use, top.spki());
    if (anchor.isPresent() && (path.size() > 1 || top.isSelfIssued())) {
      return top.isSelfIssued() && !top.isSignedBy(top.spki(), context.signatures())
          ? Optional.empty()
          : Optional.of(new Path(path, anchor.get()));
    }
    if (path.size() < LONGEST && !top.isSelfIssued()) {
      for (Certificate candidate : candidates) {
        if (!path.contains(candidate) && top.isIssuedBy(candidate, context.signatures())) {
          List<Certificate> longer = new ArrayList<>(path);
          longer.add(candidate);
          Optional<Path> found = search(longer, candidates, use);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return context.endorsements().anchors().forUse(use).stream()
        .filter(a -> top.isSignedBy(a.subjectPublicKeyInfo(), context.signatures()))
        .min((a, b) -> a.origin().compareTo(b.origin()))
        .map(a -> new Path(path, a));
  }

  /**
   * What an unbroken chain lacks to reach an anchor: the next issuer's certificate, or the anchor.
   * Empty where the chain is broken: an issuer is there, but did not sign.
   */
  private Optional<String> missing(Certificate leaf, List<Certificate> candidates, String use) {
    Certificate top = leaf;
    for (int i = 0; i < LONGEST && !top.isSelfIssued(); i++) {
      Certificate below = top;
      List<Certificate> named =
          candidates.stream().filter(c -> below.issuer().equals(c.subject())).toList();
      if (named.isEmpty()) {
        return Optional.of("the certificate of " + below.issuerCommonName());
      }
      Optional<Certificate> issuer =
          named.stream().filter(c -> below.isIssuedBy(c, context.signatures())).findFirst();
      if (issuer.isEmpty()) {
        return Optional.empty();
      }
      top = issuer.get();
    }
    return top.isSelfIssued() && top.isSignedBy(top.spki(), context.signatures())
        ? Optional.of("a trust anchor for " + use + " with the key " + top.spki().sha256().hex())
        : Optional.empty();
  }

  private boolean validity(String prefix, Path path) {
    List<Certificate> bad =
        path.certificates().stream()
            .filter(c -> !c.isValidAt(context.expectations().at()))
            .toList();
    return context
        .findings()
        .check(
            Rule.proof(
                prefix + ".validity",
                "An expired certificate is no longer vouched for.",
                "Take fresh evidence, or name the time of the evidence for an archive."),
            bad.isEmpty(),
            "all certificates valid at " + context.expectations().at(),
            bad.isEmpty()
                ? "valid"
                : bad.stream()
                    .map(c -> describe(c) + " valid " + c.notBefore() + " to " + c.notAfter())
                    .collect(Collectors.joining("; ")));
  }

  private boolean constraints(String prefix, Path path) {
    List<String> problems = new ArrayList<>();
    for (int i = 1; i < path.certificates().size(); i++) {
      Certificate issuer = path.certificates().get(i);
      if (!issuer.mayIssue()) {
        problems.add(describe(issuer) + " may not issue certificates");
      } else if (issuer.pathLength().orElse(0) < i - 1) {
        problems.add(describe(issuer) + " allows fewer certificates below it");
      }
    }
    return context
        .findings()
        .check(
            Rule.proof(
                prefix + ".constraints",
                "A leaf that passes for a CA can issue anything.",
                "Use the vendor's own certificates."),
            problems.isEmpty(),
            "issuers that are certification authorities",
            problems.isEmpty() ? "they are" : String.join("; ", problems));
  }

  private boolean criticalExtensions(String prefix, Path path, Set<String> understood) {
    List<String> unknown =
        path.certificates().stream().flatMap(c -> c.unknownCritical(understood).stream()).toList();
    return context
        .findings()
        .check(
            Rule.proof(
                prefix + ".critical-extensions",
                "A critical extension that is not understood may limit the certificate.",
                "Use the vendor's own certificates."),
            unknown.isEmpty(),
            "no unknown critical extension",
            unknown.isEmpty() ? "none" : String.join(", ", unknown));
  }

  private static String describe(Certificate certificate) {
    String name = certificate.commonName();
    return name.isEmpty() ? certificate.fingerprint() : name;
  }
}
