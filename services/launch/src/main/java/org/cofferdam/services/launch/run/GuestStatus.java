// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.launch.run;

import org.cofferdam.core.bytes.json.Json;

/**
 * A line the agent said on its status port. Nothing is decided by it: the host could have written
 * it.
 *
 * @param step for example {@code attest}
 * @param millis since the guest's kernel started
 * @param line the whole JSON object
 */
public record GuestStatus(String step, long millis, Json.Obj line) {}
