create table if not exists omnipaxos_identity (
	id smallint not null primary key,
	cluster_name varchar(255) not null,
	pid bigint not null,
	storage_id varchar(255) not null
) engine = innodb character set utf8mb4 collate utf8mb4_bin;

create table if not exists omnipaxos_peer (
	pid bigint not null primary key,
	storage_id varchar(255) not null
) engine = innodb character set utf8mb4 collate utf8mb4_bin;

create table if not exists omnipaxos_log (
	log_id integer not null primary key,
	log_name varchar(255) not null unique,
	owner varchar(100),
	write_count bigint not null,
	header mediumblob not null
) engine = innodb character set utf8mb4 collate utf8mb4_bin;

create table if not exists omnipaxos_entries (
	log_id integer not null,
	first_index bigint not null,
	part integer not null,
	parts integer not null,
	data mediumblob not null,
	primary key (log_id, first_index, part)
) engine = innodb character set utf8mb4 collate utf8mb4_bin;

create table if not exists omnipaxos_snapshot (
	log_id integer not null,
	snapshot_number bigint not null,
	byte_offset bigint not null,
	data mediumblob not null,
	primary key (log_id, snapshot_number, byte_offset)
) engine = innodb character set utf8mb4 collate utf8mb4_bin;
