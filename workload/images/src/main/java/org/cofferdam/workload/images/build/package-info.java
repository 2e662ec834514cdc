/** Builds an image from Debian packages and files, without a daemon. */
@NullMarked
package org.cofferdam.workload.images.build;

import org.jspecify.annotations.NullMarked;
