/**
 * Init-data as Confidential Containers have it: read, checked, written, and fitted to TEE fields.
 */
@NullMarked
package org.cofferdam.core.protocol.initdata;

import org.jspecify.annotations.NullMarked;
