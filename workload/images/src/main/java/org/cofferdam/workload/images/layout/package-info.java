/** Images at rest: the OCI image layout and the archive of docker save. */
@NullMarked
package org.cofferdam.workload.images.layout;

import org.jspecify.annotations.NullMarked;
