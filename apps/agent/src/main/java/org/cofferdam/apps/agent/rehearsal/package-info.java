// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/**
 * Goes through the motions of the agent where the guest is built, so that the classes it will need
 * can be put in an archive. Nothing of this runs in a guest.
 */
@NullMarked
package org.cofferdam.apps.agent.rehearsal;

import org.jspecify.annotations.NullMarked;
