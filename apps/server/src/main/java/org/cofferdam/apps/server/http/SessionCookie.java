// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.server.http;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The cookie that holds a handshake.
 *
 * @param life how long it counts
 * @param prefix of the tenant's paths
 * @param secure true where the listener has TLS
 */
record SessionCookie(InstantSource clock, Duration life, String prefix, boolean secure) {
  static final String NAME = "kbs-session-id";

  String header(String session) {
    String expires =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            clock.instant().plus(life).atOffset(ZoneOffset.UTC));
    return NAME
        + "="
        + session
        + "; Expires="
        + expires
        + "; Path="
        + prefix
        + "/kbs/v0; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }
}
