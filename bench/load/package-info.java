/** Drive a server with many connections from one thread, and count what it does with them. */
package load;
