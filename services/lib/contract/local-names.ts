/**
 * The gateway to provision, which gives the system this name and time zone: a file, since it runs only now and then.
 * `name` is one label of a host name, `timeZone` a name of the tz database.
 */
export interface BoxChoice {
  name: string;
  timeZone: string;
}

/** The gateway to discovery: what the owner calls the box, one label of a host name. */
export interface BoxNamed {
  type: 'box-named';
  name: string;
}

/** Discovery to the gateway: what it answers for on the local network now, without `.local`. */
export interface NameAnnounced {
  type: 'name-announced';
  hostName: string;
}
