// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/** Attestation results as tokens: EAR (draft-ietf-rats-ear) in a JWT, laid out as peers read it. */
@NullMarked
package org.cofferdam.services.broker.token;

import org.jspecify.annotations.NullMarked;
