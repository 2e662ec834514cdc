// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.services.broker.kbs;

import org.cofferdam.core.protocol.kbs.KbsError;

/** Answers that need no look at the guest. */
public final class KbsErrors {
  private KbsErrors() {}

  public static KbsAnswer pluginNotFound() {
    return KbsAnswer.error(KbsError.Variant.PluginNotFound, "Plugin not found");
  }

  public static KbsAnswer invalidPath() {
    return KbsAnswer.error(KbsError.Variant.InvalidRequestPath, "Invalid request path");
  }

  public static KbsAnswer policyUnreadable() {
    return KbsAnswer.error(
        KbsError.Variant.ParsePolicyError, "Policy error: the text is no policy in Rego");
  }

  public static KbsAnswer adminRefused() {
    return KbsAnswer.error(
        KbsError.Variant.AdminAuthAccess,
        "Admin auth error: Cannot verify token with any of the issuers");
  }

  /** Something of ours failed; nothing was handed out. */
  public static KbsAnswer internal() {
    return KbsAnswer.error(KbsError.Variant.PluginInternalError, "Plugin internal error");
  }
}
