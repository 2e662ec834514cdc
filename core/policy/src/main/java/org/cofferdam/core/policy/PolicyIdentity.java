// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.policy;

/**
 * Names a policy in results and records.
 *
 * @param digest SHA-256 of {@link ReleasePolicy#text}, lower-case hex
 */
public record PolicyIdentity(String name, String version, String digest) {}
