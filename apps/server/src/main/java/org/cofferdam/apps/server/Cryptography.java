// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;

/**
 * Which library computes. The Corretto provider is several times faster than the JDK's own; where
 * it does not load, or fails its own tests, the JDK's computes.
 */
public final class Cryptography {
  private Cryptography() {}

  /** Chooses for this process, and says what was chosen. */
  public static String choose() {
    AmazonCorrettoCryptoProvider fast = AmazonCorrettoCryptoProvider.INSTANCE;
    boolean works =
        fast.getLoadingError() == null && fast.runSelfTests().toString().equals("PASSED");
    if (works && Security.getProvider(fast.getName()) == null) {
      Security.insertProviderAt(fast, 1);
    }
    return works
        ? fast.getName() + " " + fast.getVersionStr()
        : "JDK " + Runtime.version().feature();
  }
}
