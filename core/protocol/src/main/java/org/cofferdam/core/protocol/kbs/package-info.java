// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

/**
 * The KBS protocol of CNCF Confidential Containers (versions 0.2.0 and 0.4.0): what guest and
 * broker say to each other before a resource is handed over, and the envelope it travels in.
 */
@NullMarked
package org.cofferdam.core.protocol.kbs;

import org.jspecify.annotations.NullMarked;
