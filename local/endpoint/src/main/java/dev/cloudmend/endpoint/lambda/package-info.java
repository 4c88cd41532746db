/** Lambda's Invoke: deployed functions run in processes of their own, as they were packaged. */
@NullMarked
package dev.cloudmend.endpoint.lambda;

import org.jspecify.annotations.NullMarked;
