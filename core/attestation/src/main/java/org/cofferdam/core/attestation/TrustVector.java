// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation;

import org.cofferdam.core.bytes.json.Json;

/**
 * The AR4SI trustworthiness vector (draft-ietf-rats-ar4si §2.3), as far as this appraiser says
 * something: what it did not look at is {@link AppraisalStatus#NONE}.
 *
 * @param instanceIdentity which instance this is
 * @param configuration what it was told to do
 * @param executables what code it runs
 * @param hardware what it runs on
 */
public record TrustVector(
    AppraisalStatus instanceIdentity,
    AppraisalStatus configuration,
    AppraisalStatus executables,
    AppraisalStatus hardware) {

  /** The worst of the four. */
  public AppraisalStatus status() {
    return instanceIdentity.worse(configuration).worse(executables).worse(hardware);
  }

  public Json toJson() {
    return Json.object()
        .put("instance-identity", instanceIdentity.value())
        .put("configuration", configuration.value())
        .put("executables", executables.value())
        .put("hardware", hardware.value())
        .build();
  }
}
