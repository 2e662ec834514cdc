// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.guest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.cofferdam.core.bytes.json.Json;

/**
 * Tells the host how far the guest is, one JSON object a line. For display only, and nothing secret
 * goes in. The last line has {@code "done":true}.
 */
public final class Status {
  private final OutputStream out;
  private final LongSupplier uptimeMillis;

  /**
   * @param uptimeMillis since the kernel started
   */
  public Status(OutputStream out, LongSupplier uptimeMillis) {
    this.out = out;
    this.uptimeMillis = uptimeMillis;
  }

  /** A step ended. */
  public void step(String step) {
    line(start(step));
  }

  /** A step ended, with something to add. */
  public void step(String step, String name, Json value) {
    line(start(step).put(name, value));
  }

  /** The pod's service answers. */
  public void ready() {
    line(start("ready").put("done", true));
  }

  /** The pod will not run, or runs no more. */
  public void refused(String code, String detail) {
    line(start("refused").put("done", true).put("code", code).put("detail", detail));
  }

  private Json.Builder start(String step) {
    return Json.object().put("step", step).put("millis", uptimeMillis.getAsLong());
  }

  private synchronized void line(Json.Builder line) {
    try {
      out.write((line.build().write() + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // The host may close its end; the pod goes on without being watched.
      System.err.println("status port: " + e.getMessage());
    }
  }
}
