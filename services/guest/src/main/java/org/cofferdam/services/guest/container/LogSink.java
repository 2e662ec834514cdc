// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest.container;

/** Where lines go that containers print. */
public interface LogSink {
  /** Nobody may see them. */
  LogSink NONE = (container, line) -> {};

  void line(String container, String line);
}
