// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.io.IOException;

/** Answers the calls below one path. */
@FunctionalInterface
interface Route {
  Answer answer(Call call) throws IOException, InterruptedException;
}
