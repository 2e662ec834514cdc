// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.evidence.eventlog;

import java.util.Map;

/** Names of event types (PC Client PFP §10.4.1). */
public final class EventType {
  private static final Map<Long, String> NAMES =
      Map.ofEntries(
          Map.entry(0x0L, "EV_PREBOOT_CERT"),
          Map.entry(0x1L, "EV_POST_CODE"),
          Map.entry(0x3L, "EV_NO_ACTION"),
          Map.entry(0x4L, "EV_SEPARATOR"),
          Map.entry(0x5L, "EV_ACTION"),
          Map.entry(0x6L, "EV_EVENT_TAG"),
          Map.entry(0x7L, "EV_S_CRTM_CONTENTS"),
          Map.entry(0x8L, "EV_S_CRTM_VERSION"),
          Map.entry(0x9L, "EV_CPU_MICROCODE"),
          Map.entry(0xaL, "EV_PLATFORM_CONFIG_FLAGS"),
          Map.entry(0xbL, "EV_TABLE_OF_DEVICES"),
          Map.entry(0xcL, "EV_COMPACT_HASH"),
          Map.entry(0xdL, "EV_IPL"),
          Map.entry(0xeL, "EV_IPL_PARTITION_DATA"),
          Map.entry(0xfL, "EV_NONHOST_CODE"),
          Map.entry(0x10L, "EV_NONHOST_CONFIG"),
          Map.entry(0x11L, "EV_NONHOST_INFO"),
          Map.entry(0x12L, "EV_OMIT_BOOT_DEVICE_EVENTS"),
          Map.entry(0x80000001L, "EV_EFI_VARIABLE_DRIVER_CONFIG"),
          Map.entry(0x80000002L, "EV_EFI_VARIABLE_BOOT"),
          Map.entry(0x80000003L, "EV_EFI_BOOT_SERVICES_APPLICATION"),
          Map.entry(0x80000004L, "EV_EFI_BOOT_SERVICES_DRIVER"),
          Map.entry(0x80000005L, "EV_EFI_RUNTIME_SERVICES_DRIVER"),
          Map.entry(0x80000006L, "EV_EFI_GPT_EVENT"),
          Map.entry(0x80000007L, "EV_EFI_ACTION"),
          Map.entry(0x80000008L, "EV_EFI_PLATFORM_FIRMWARE_BLOB"),
          Map.entry(0x80000009L, "EV_EFI_HANDOFF_TABLES"),
          Map.entry(0x8000000aL, "EV_EFI_PLATFORM_FIRMWARE_BLOB2"),
          Map.entry(0x8000000bL, "EV_EFI_HANDOFF_TABLES2"),
          Map.entry(0x8000000cL, "EV_EFI_VARIABLE_BOOT2"),
          Map.entry(0x80000010L, "EV_EFI_HCRTM_EVENT"),
          Map.entry(0x800000e0L, "EV_EFI_VARIABLE_AUTHORITY"),
          Map.entry(0x800000e1L, "EV_EFI_SPDM_FIRMWARE_BLOB"),
          Map.entry(0x800000e2L, "EV_EFI_SPDM_FIRMWARE_CONFIG"));

  private EventType() {}

  /** The name, or the number in hex where it has none. */
  public static String name(long type) {
    return NAMES.getOrDefault(type, "0x%08x".formatted(type));
  }
}
