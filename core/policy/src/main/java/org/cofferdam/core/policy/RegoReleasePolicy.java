// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.attestation.Check;
import org.cofferdam.core.bytes.Bytes;
import org.cofferdam.core.bytes.json.Json;

/**
 * The built-in policy and one in Rego: both must allow. So a policy in Rego can only narrow what
 * the built-in one gives; none of its mistakes releases to a guest that did not pass.
 */
public final class RegoReleasePolicy implements ReleasePolicy {
  private final TypedReleasePolicy typed;
  private final RegoPolicy rego;
  private final Bytes text;

  public RegoReleasePolicy(TypedReleasePolicy typed, RegoPolicy rego) {
    this.typed = typed;
    this.rego = rego;
    Json.Builder both = Json.object();
    typed.toJson().members().forEach(both::put);
    this.text = Bytes.of(both.put("rego", rego.text()).build().canonical());
  }

  @Override
  public PolicyIdentity identity() {
    return new PolicyIdentity(
        typed.identity().name() + "+rego", Long.toString(rego.version()), text.sha256().hex());
  }

  @Override
  public Bytes text() {
    return text;
  }

  @Override
  public ReleaseDecision decide(ReleaseQuestion question) {
    return switch (typed.decide(question)) {
      case ReleaseDecision.Denied denied ->
          new ReleaseDecision.Denied(question, identity(), denied.checks());
      case ReleaseDecision.Allowed allowed -> narrow(question, allowed.checks());
    };
  }

  private ReleaseDecision narrow(ReleaseQuestion question, List<Check> before) {
    String answer = rego.evaluate(question);
    boolean allowed = answer.equals("true");
    List<Check> checks = new ArrayList<>(before);
    checks.add(
        Check.of(
            "release.resource-policy",
            allowed,
            "allow is true",
            answer,
            "The uploaded resource policy says which results get which resources.",
            "Ask the resource policy why (cofferdam rego eval), or change it."));
    return allowed
        ? new ReleaseDecision.Allowed(question, identity(), checks)
        : new ReleaseDecision.Denied(question, identity(), checks);
  }
}
