// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/**
 * The whole agent on a stage: everything but the hardware, the broker and the containers is real.
 * {@code java -Xshare:off -XX:DumpLoadedClassList=FILE} with {@link
 * org.cofferdam.apps.agent.rehearsal.Rehearsal} lists the classes for the guest's class archive.
 */
@NullMarked
package org.cofferdam.apps.agent.rehearsal;

import org.jspecify.annotations.NullMarked;
