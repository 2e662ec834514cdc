// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.kbs;

import java.util.List;

/**
 * One answer.
 *
 * @param cookies values of {@code Set-Cookie}, attributes included
 */
record HttpAnswer(int status, List<String> cookies, byte[] body) {}
