// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.policy;

import java.time.Instant;
import org.cofferdam.core.attestation.Appraisal;
import org.cofferdam.core.bytes.json.Json;

/**
 * May this resource go to what was appraised?
 *
 * @param appraisal of the guest that asks
 * @param resource {@code repository/type/tag}
 * @param result the attestation result that the guest was given: what policies in Rego look at
 * @param at when it is asked
 */
public record ReleaseQuestion(Appraisal appraisal, String resource, Json.Obj result, Instant at) {}
