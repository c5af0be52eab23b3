-- personal.key: 24aeac350a26eaed0a7946e83af805d5b57e6a4679462bf7e01be8476f683021
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "meta" (
   "name" TEXT PRIMARY KEY,
   "value" TEXT
) STRICT;
INSERT INTO meta VALUES('hall','test');
INSERT INTO meta VALUES('key','17eb8d1f350820c8ad5320521771b4c4');
INSERT INTO meta VALUES('epoch','1');
INSERT INTO meta VALUES('file','{"areas/A":"3a9ddd4a0fe110a6","counters/1":"8804750cc28b5618","counters/2":"d4b2f5ef3ae97f2c","counters/3":"1adfd4a94a03f576","plans/tax":"a68e4e6b657c8305","profiles/all":"d2e13fca21eafdd9","services/id":"fb8185f9f2614477","services/tax":"fab739d41134614c","settings":"31d2b8d97d2dc5ea","staff/s1":"67724c2c5bfda95a","staff/s2":"e0ffd731896f7d0a"}');
CREATE TABLE events (hall TEXT NOT NULL, seq INTEGER NOT NULL, day TEXT NOT NULL, epoch INTEGER NOT NULL, at INTEGER NOT NULL, who TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (hall, seq)) STRICT, WITHOUT ROWID;
INSERT INTO events VALUES('test',1,'',1,1772409600000,'manager:configuration','hall_defined','{"type":"hall_defined","settings":{"name":{"zh":"测试大厅","en":"Test hall"}}}');
INSERT INTO events VALUES('test',2,'',1,1772409600000,'manager:configuration','area_defined','{"type":"area_defined","area":{"id":"A","name":{"zh":"名","en":"Name"}}}');
INSERT INTO events VALUES('test',3,'',1,1772409600000,'manager:configuration','service_defined','{"type":"service_defined","service":{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"}}');
INSERT INTO events VALUES('test',4,'',1,1772409600000,'manager:configuration','service_defined','{"type":"service_defined","service":{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}}');
INSERT INTO events VALUES('test',5,'',1,1772409600000,'manager:configuration','profile_defined','{"type":"profile_defined","profile":{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}}');
INSERT INTO events VALUES('test',6,'',1,1772409600000,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',7,'',1,1772409600000,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',8,'',1,1772409600000,'manager:configuration','counter_defined','{"type":"counter_defined","counter":{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}}');
INSERT INTO events VALUES('test',9,'',1,1772409600000,'manager:configuration','staff_defined','{"type":"staff_defined","staff":{"id":"s1","name":"王芳"}}');
INSERT INTO events VALUES('test',10,'',1,1772409600000,'manager:configuration','staff_defined','{"type":"staff_defined","staff":{"id":"s2","name":"李强","rights":["manage"]}}');
INSERT INTO events VALUES('test',11,'',1,1772409600000,'manager:configuration','booking_plan_defined','{"type":"booking_plan_defined","plan":{"id":"tax","name":{"zh":"预约","en":"Appointments"},"services":["tax"],"bands":[{"start":"09:00","end":"10:00","tickets":500},{"start":"10:00","end":"11:00","tickets":100}]}}');
INSERT INTO events VALUES('test',12,'2026-03-02',1,1772409600000,'manager:fde58abd','day_opened','{"type":"day_opened","day":"2026-03-02","catalogue":{"settings":{"name":{"zh":"测试大厅","en":"Test hall"}},"areas":[{"id":"A","name":{"zh":"名","en":"Name"}}],"services":[{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"},{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}],"counters":[{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}],"staff":[{"id":"s1","name":"王芳"},{"id":"s2","name":"李强","rights":["manage"]}],"profiles":[{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}],"plans":[{"id":"tax","name":{"zh":"预约","en":"Appointments"},"services":["tax"],"bands":[{"start":"09:00","end":"10:00","tickets":500},{"start":"10:00","end":"11:00","tickets":100}]}]}}');
INSERT INTO events VALUES('test',13,'2026-03-02',1,1772409600000,'caller:10bad471','signed_in','{"type":"signed_in","counter":"1","staff":"s1"}');
INSERT INTO events VALUES('test',14,'2026-03-02',1,1772409600000,'kiosk:eb9387a8','ticket_issued','{"type":"ticket_issued","ticket":"01a20440f9e77c3c9f3a13dda60cfa27","number":"B001","prefix":"B","serial":1,"service":"id","person":"bac7b37819722638fb23a6ed5105d4f9","holder":"市*"}');
INSERT INTO events VALUES('test',15,'2026-03-02',1,1772409600000,'kiosk:eb9387a8','ticket_issued','{"type":"ticket_issued","ticket":"01a20440f9eb738ba3f59aa291524641","number":"A001","prefix":"A","serial":1,"service":"tax","person":"0c4b15648fdb13e133f02dab7fc61779","holder":"市*"}');
INSERT INTO events VALUES('test',16,'2026-03-02',1,1772409600000,'kiosk:eb9387a8','ticket_issued','{"type":"ticket_issued","ticket":"01a20440f9f7765ab10a030ebc633cb8","number":"A002","prefix":"A","serial":2,"service":"tax","ahead":1}');
INSERT INTO events VALUES('test',17,'2026-03-02',1,1772409600000,'caller:10bad471','ticket_called','{"type":"ticket_called","ticket":"01a20440f9e77c3c9f3a13dda60cfa27","counter":"1","staff":"s1","service":"id","transaction":"01a20440f9e77c3c9f3a13dda60cfa27-1","why":{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"普通号","en":"ordinary"}},"starts":true}');
INSERT INTO events VALUES('test',18,'2026-03-02',1,1772409600000,'caller:10bad471','service_ended','{"type":"service_ended","ticket":"01a20440f9e77c3c9f3a13dda60cfa27","counter":"1"}');
INSERT INTO events VALUES('test',19,'2026-03-02',1,1772409600000,'caller:10bad471','rating_requested','{"type":"rating_requested","transaction":"01a20440f9e77c3c9f3a13dda60cfa27-1","counter":"1"}');
INSERT INTO events VALUES('test',20,'2026-03-02',1,1772409600000,'caller:10bad471','ticket_called','{"type":"ticket_called","ticket":"01a20440f9eb738ba3f59aa291524641","counter":"1","staff":"s1","service":"tax","transaction":"01a20440f9eb738ba3f59aa291524641-1","why":{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}},"starts":true}');
INSERT INTO events VALUES('test',21,'2026-03-02',1,1772409600000,'caller:10bad471','ticket_not_shown','{"type":"ticket_not_shown","ticket":"01a20440f9eb738ba3f59aa291524641","counter":"1"}');
INSERT INTO events VALUES('test',22,'2026-03-02',1,1772409600000,'manager:fde58abd','appointment_booked','{"type":"appointment_booked","booking":{"serial":"YY-3","code":"05955610","person":"8c7c9fc509edb38a8017b94935e64acf","holder":"市*","service":"tax","plan":"tax","day":"2026-03-03","start":"09:00","end":"10:00","at":1772499600000,"until":1772503200000}}');
INSERT INTO events VALUES('test',23,'2026-03-02',1,1772409600000,'manager:fde58abd','appointment_booked','{"type":"appointment_booked","booking":{"serial":"YY-4","code":"61376393","person":"1f3a7bad861475299afb12a6aa45e16d","holder":"市*","service":"tax","plan":"tax","day":"2026-03-03","start":"10:00","end":"11:00","at":1772503200000,"until":1772506800000}}');
INSERT INTO events VALUES('test',24,'2026-03-02',1,1772409600000,'manager:fde58abd','appointment_booked','{"type":"appointment_booked","booking":{"serial":"YY-5","code":"69149872","person":"c5a1a05cce3517ae4a6d0e26db1bd97a","holder":"市*","service":"tax","plan":"tax","day":"2026-03-04","start":"09:00","end":"10:00","at":1772586000000,"until":1772589600000}}');
INSERT INTO events VALUES('test',25,'2026-03-02',1,1772409600000,'manager:fde58abd','appointment_booked','{"type":"appointment_booked","booking":{"serial":"YY-6","code":"73984829","person":"e765289a4109b1975ef93e49f21be3e5","holder":"市*","service":"tax","plan":"tax","day":"2026-03-05","start":"09:00","end":"10:00","at":1772672400000,"until":1772676000000}}');
INSERT INTO events VALUES('test',26,'2026-03-02',1,1772409600000,'manager:fde58abd','appointment_moved','{"type":"appointment_moved","serial":"YY-6","service":"tax","plan":"tax","day":"2026-03-06","start":"10:00","end":"11:00","at":1772762400000,"until":1772766000000}');
INSERT INTO events VALUES('test',27,'2026-03-02',1,1772409600000,'manager:fde58abd','appointment_cancelled','{"type":"appointment_cancelled","serial":"YY-6","by":"hall"}');
INSERT INTO events VALUES('test',28,'2026-03-02',1,1772409600000,'manager:fde58abd','ticket_closed','{"type":"ticket_closed","ticket":"01a20440f9eb738ba3f59aa291524641","reason":"no_show"}');
INSERT INTO events VALUES('test',29,'2026-03-02',1,1772409600000,'manager:fde58abd','ticket_closed','{"type":"ticket_closed","ticket":"01a20440f9f7765ab10a030ebc633cb8","reason":"closed_at_day_end"}');
INSERT INTO events VALUES('test',30,'2026-03-02',1,1772409600000,'manager:fde58abd','signed_out','{"type":"signed_out","counter":"1","staff":"s1","forced":true}');
INSERT INTO events VALUES('test',31,'2026-03-02',1,1772409600000,'manager:fde58abd','day_closed','{"type":"day_closed","day":"2026-03-02"}');
INSERT INTO events VALUES('test',32,'2026-03-03',1,1772497800000,'manager:fde58abd','day_opened','{"type":"day_opened","day":"2026-03-03","catalogue":{"settings":{"name":{"zh":"测试大厅","en":"Test hall"}},"areas":[{"id":"A","name":{"zh":"名","en":"Name"}}],"services":[{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"},{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}],"counters":[{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}],"staff":[{"id":"s1","name":"王芳"},{"id":"s2","name":"李强","rights":["manage"]}],"profiles":[{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}],"plans":[{"id":"tax","name":{"zh":"预约","en":"Appointments"},"services":["tax"],"bands":[{"start":"09:00","end":"10:00","tickets":500},{"start":"10:00","end":"11:00","tickets":100}]}]}}');
INSERT INTO events VALUES('test',33,'2026-03-03',1,1772497800000,'manager:fde58abd','agenda_carried','{"type":"agenda_carried","bookings":[{"serial":"YY-3","code":"05955610","person":"8c7c9fc509edb38a8017b94935e64acf","holder":"市*","service":"tax","plan":"tax","day":"2026-03-03","start":"09:00","end":"10:00","at":1772499600000,"until":1772503200000},{"serial":"YY-4","code":"61376393","person":"1f3a7bad861475299afb12a6aa45e16d","holder":"市*","service":"tax","plan":"tax","day":"2026-03-03","start":"10:00","end":"11:00","at":1772503200000,"until":1772506800000},{"serial":"YY-5","code":"69149872","person":"c5a1a05cce3517ae4a6d0e26db1bd97a","holder":"市*","service":"tax","plan":"tax","day":"2026-03-04","start":"09:00","end":"10:00","at":1772586000000,"until":1772589600000},{"serial":"YY-6","code":"73984829","person":"e765289a4109b1975ef93e49f21be3e5","holder":"市*","service":"tax","plan":"tax","day":"2026-03-06","start":"10:00","end":"11:00","at":1772762400000,"until":1772766000000,"state":"cancelled"}]}');
INSERT INTO events VALUES('test',34,'2026-03-03',1,1772497800000,'caller:10bad471','signed_in','{"type":"signed_in","counter":"1","staff":"s1"}');
INSERT INTO events VALUES('test',35,'2026-03-03',1,1772497800000,'kiosk:eb9387a8','ticket_issued','{"type":"ticket_issued","ticket":"01a20440fad4708a8230e45c9a6097de","number":"A001","prefix":"A","serial":1,"service":"tax","person":"8c7c9fc509edb38a8017b94935e64acf","holder":"市*","booked_at":1772499600000}');
INSERT INTO events VALUES('test',36,'2026-03-03',1,1772497800000,'kiosk:eb9387a8','appointment_kept','{"type":"appointment_kept","serial":"YY-3","ticket":"01a20440fad4708a8230e45c9a6097de"}');
INSERT INTO events VALUES('test',37,'2026-03-03',1,1772497800000,'kiosk:eb9387a8','ticket_issued','{"type":"ticket_issued","ticket":"01a20440fadb78aebf7a7e22b1ea9cda","number":"A002","prefix":"A","serial":2,"service":"tax","person":"9c6e99ac05a90fc772a8214d91f80d12","holder":"市*","ahead":1}');
INSERT INTO events VALUES('test',38,'2026-03-03',1,1772497800000,'kiosk:eb9387a8','ticket_issued','{"type":"ticket_issued","ticket":"01a20440fae7771c9fc5fe16219fde23","number":"B001","prefix":"B","serial":1,"service":"id","person":"4feffb23085c55776027eb481690bed0","holder":"市*"}');
INSERT INTO events VALUES('test',39,'2026-03-03',1,1772497800000,'caller:10bad471','ticket_called','{"type":"ticket_called","ticket":"01a20440fad4708a8230e45c9a6097de","counter":"1","staff":"s1","service":"tax","transaction":"01a20440fad4708a8230e45c9a6097de-1","why":{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"预约号","en":"appointments"}},"starts":true}');
INSERT INTO events VALUES('test',40,'2026-03-03',1,1772497800000,'manager:fde58abd','ticket_closed','{"type":"ticket_closed","ticket":"01a20440fad4708a8230e45c9a6097de","reason":"closed_at_day_end"}');
INSERT INTO events VALUES('test',41,'2026-03-03',1,1772497800000,'manager:fde58abd','ticket_closed','{"type":"ticket_closed","ticket":"01a20440fadb78aebf7a7e22b1ea9cda","reason":"closed_at_day_end"}');
INSERT INTO events VALUES('test',42,'2026-03-03',1,1772497800000,'manager:fde58abd','ticket_closed','{"type":"ticket_closed","ticket":"01a20440fae7771c9fc5fe16219fde23","reason":"closed_at_day_end"}');
INSERT INTO events VALUES('test',43,'2026-03-03',1,1772497800000,'manager:fde58abd','signed_out','{"type":"signed_out","counter":"1","staff":"s1","forced":true}');
INSERT INTO events VALUES('test',44,'2026-03-03',1,1772497800000,'manager:fde58abd','appointment_missed','{"type":"appointment_missed","serial":"YY-4"}');
INSERT INTO events VALUES('test',45,'2026-03-03',1,1772497800000,'manager:fde58abd','day_closed','{"type":"day_closed","day":"2026-03-03"}');
INSERT INTO events VALUES('test',46,'2026-03-04',1,1772582400000,'manager:fde58abd','day_opened','{"type":"day_opened","day":"2026-03-04","catalogue":{"settings":{"name":{"zh":"测试大厅","en":"Test hall"}},"areas":[{"id":"A","name":{"zh":"名","en":"Name"}}],"services":[{"id":"tax","prefix":"A","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A"},{"id":"id","prefix":"B","name":{"zh":"名","en":"Name"},"department":{"zh":"名","en":"Name"},"area":"A","identity":"required"}],"counters":[{"id":"1","number":1,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"2","number":2,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"},{"id":"3","number":3,"name":{"zh":"名","en":"Name"},"area":"A","profile":"all"}],"staff":[{"id":"s1","name":"王芳"},{"id":"s2","name":"李强","rights":["manage"]}],"profiles":[{"id":"all","name":{"zh":"名","en":"Name"},"services":["tax","id"]}],"plans":[{"id":"tax","name":{"zh":"预约","en":"Appointments"},"services":["tax"],"bands":[{"start":"09:00","end":"10:00","tickets":500},{"start":"10:00","end":"11:00","tickets":100}]}]}}');
INSERT INTO events VALUES('test',47,'2026-03-04',1,1772582400000,'manager:fde58abd','agenda_carried','{"type":"agenda_carried","bookings":[{"serial":"YY-5","code":"69149872","person":"c5a1a05cce3517ae4a6d0e26db1bd97a","holder":"市*","service":"tax","plan":"tax","day":"2026-03-04","start":"09:00","end":"10:00","at":1772586000000,"until":1772589600000},{"serial":"YY-6","code":"73984829","person":"e765289a4109b1975ef93e49f21be3e5","holder":"市*","service":"tax","plan":"tax","day":"2026-03-06","start":"10:00","end":"11:00","at":1772762400000,"until":1772766000000,"state":"cancelled"}],"absences":[{"person":"1f3a7bad861475299afb12a6aa45e16d","holder":"市*","missed":["2026-03-03"]}]}');
INSERT INTO events VALUES('test',48,'2026-03-04',1,1772582400000,'caller:10bad471','signed_in','{"type":"signed_in","counter":"1","staff":"s1"}');
INSERT INTO events VALUES('test',49,'2026-03-04',1,1772582400000,'kiosk:eb9387a8','ticket_issued','{"type":"ticket_issued","ticket":"01a20440fb1f77fdb24dd4e803ea5177","number":"A001","prefix":"A","serial":1,"service":"tax","person":"ff873000f290dfe64b1c1043e0f9a7ad","holder":"市*"}');
INSERT INTO events VALUES('test',50,'2026-03-04',1,1772582400000,'caller:10bad471','ticket_called','{"type":"ticket_called","ticket":"01a20440fb1f77fdb24dd4e803ea5177","counter":"1","staff":"s1","service":"tax","transaction":"01a20440fb1f77fdb24dd4e803ea5177-1","why":{"rule":"priority_then_arrival","considered":1,"profile":"all","group":{"zh":"普通号","en":"ordinary"}},"starts":true}');
CREATE TABLE outbox (hall TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (hall, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE results (id TEXT PRIMARY KEY, fingerprint BLOB NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, result TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO results VALUES('01a20440-f8bf-71fb-9683-34a7d2a971ff',X'5fc1e7fc82a8d7d66c707152a2a3c6f5',6,1772409600000,'{"type":"result","id":"01a20440-f8bf-71fb-9683-34a7d2a971ff","seq":6,"done":{}}');
INSERT INTO results VALUES('01a20440-f8bf-72e2-a152-fef9eb35eac6',X'1aa32ecf5c82730f753be1d2fda2e8f6',10,1772409600000,'{"type":"result","id":"01a20440-f8bf-72e2-a152-fef9eb35eac6","seq":10,"done":{}}');
INSERT INTO results VALUES('01a20440-f8bf-73fb-b634-4fb093f47892',X'18681013904e57739542d9585c4bcfe9',2,1772409600000,'{"type":"result","id":"01a20440-f8bf-73fb-b634-4fb093f47892","seq":2,"done":{}}');
INSERT INTO results VALUES('01a20440-f8bf-76a8-9958-66d6aa72dd86',X'057dbaf2b32188401d7501a5f87f2bb6',1,1772409600000,'{"type":"result","id":"01a20440-f8bf-76a8-9958-66d6aa72dd86","seq":1,"done":{}}');
INSERT INTO results VALUES('01a20440-f8bf-7888-976a-e54c86c57a3e',X'a06d43705f614c0e3ed0b705f39d60ad',7,1772409600000,'{"type":"result","id":"01a20440-f8bf-7888-976a-e54c86c57a3e","seq":7,"done":{}}');
INSERT INTO results VALUES('01a20440-f8bf-7add-8043-88961ceefd92',X'82a3d1371195c47e94b67688f83b0c8a',11,1772409600000,'{"type":"result","id":"01a20440-f8bf-7add-8043-88961ceefd92","seq":11,"done":{}}');
INSERT INTO results VALUES('01a20440-f8bf-7d94-a5ad-606f06918e61',X'6bfc67016b34a3fdcf8d63ab129cf9cd',9,1772409600000,'{"type":"result","id":"01a20440-f8bf-7d94-a5ad-606f06918e61","seq":9,"done":{}}');
INSERT INTO results VALUES('01a20440-f8bf-7e2f-8eb3-90edebeed111',X'cc788183d139ab6717f4b85d865f60e0',8,1772409600000,'{"type":"result","id":"01a20440-f8bf-7e2f-8eb3-90edebeed111","seq":8,"done":{}}');
INSERT INTO results VALUES('01a20440-f8bf-7e30-88ef-dc4fa4482055',X'608df577fdfb3facef0c61d8fabac6b0',5,1772409600000,'{"type":"result","id":"01a20440-f8bf-7e30-88ef-dc4fa4482055","seq":5,"done":{}}');
INSERT INTO results VALUES('01a20440-f8bf-7fbb-aece-464fc8aaaa48',X'cb39e73ccf2dafcb67ea01c24a9996ee',3,1772409600000,'{"type":"result","id":"01a20440-f8bf-7fbb-aece-464fc8aaaa48","seq":3,"done":{}}');
INSERT INTO results VALUES('01a20440-f8bf-7fcc-90fc-9668e7534281',X'43caf1ab126f2c82a52d9faa353a333e',4,1772409600000,'{"type":"result","id":"01a20440-f8bf-7fcc-90fc-9668e7534281","seq":4,"done":{}}');
INSERT INTO results VALUES('01a20440-f9d2-70cc-bd13-84ed30fe75a3',X'e0b9f3968fa2cd4564583f65bcb0a40d',12,1772409600000,'{"type":"result","id":"01a20440-f9d2-70cc-bd13-84ed30fe75a3","seq":12,"done":{}}');
INSERT INTO results VALUES('01a20440-f9dc-7e53-843f-6638c4d94512',X'd924a66f85b95bfd9f16265206b2bfb3',13,1772409600000,'{"type":"result","id":"01a20440-f9dc-7e53-843f-6638c4d94512","seq":13,"done":{}}');
INSERT INTO results VALUES('01a20440-f9e6-775e-99df-e146d5f978b7',X'cc4a6d99c09df86003b23163202a01c3',14,1772409600000,'{"type":"result","id":"01a20440-f9e6-775e-99df-e146d5f978b7","seq":14,"done":{"ticket":"01a20440f9e77c3c9f3a13dda60cfa27","number":"B001","service":"id","ahead":0,"priority":0,"priority_reason":"","issued_at":1772409600000}}');
INSERT INTO results VALUES('01a20440-f9eb-7b06-af63-eeb4088bb744',X'cc8f5ef6e5c4d1e44145f7df13f42efa',15,1772409600000,'{"type":"result","id":"01a20440-f9eb-7b06-af63-eeb4088bb744","seq":15,"done":{"ticket":"01a20440f9eb738ba3f59aa291524641","number":"A001","service":"tax","ahead":0,"priority":0,"priority_reason":"","issued_at":1772409600000}}');
INSERT INTO results VALUES('01a20440-f9f3-735b-ba90-e09964a0b1f6',X'a1a913f2128bc95e6ef20cd1e21f3300',16,1772409600000,'{"type":"result","id":"01a20440-f9f3-735b-ba90-e09964a0b1f6","seq":16,"done":{"ticket":"01a20440f9f7765ab10a030ebc633cb8","number":"A002","service":"tax","ahead":1,"priority":0,"priority_reason":"","issued_at":1772409600000}}');
INSERT INTO results VALUES('01a20440-f9ff-7c7a-acc0-7638b80644a3',X'ba67b0034e6a7843a6cece66984a12d3',17,1772409600000,'{"type":"result","id":"01a20440-f9ff-7c7a-acc0-7638b80644a3","seq":17,"done":{"ticket":"01a20440f9e77c3c9f3a13dda60cfa27","number":"B001","service":"id","counter":"1","transaction":"01a20440f9e77c3c9f3a13dda60cfa27-1","issued_at":1772409600000,"why":{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}}}');
INSERT INTO results VALUES('01a20440-fa0b-78ad-8655-2b6f4f2e919b',X'fd56ce508eefb8a8a5103b2b316a612e',19,1772409600000,'{"type":"result","id":"01a20440-fa0b-78ad-8655-2b6f4f2e919b","seq":19,"done":{"ticket":"01a20440f9e77c3c9f3a13dda60cfa27","number":"B001","service":"id"}}');
INSERT INTO results VALUES('01a20440-fa19-7b70-aaae-31e1d7dd7882',X'ba67b0034e6a7843a6cece66984a12d3',20,1772409600000,'{"type":"result","id":"01a20440-fa19-7b70-aaae-31e1d7dd7882","seq":20,"done":{"ticket":"01a20440f9eb738ba3f59aa291524641","number":"A001","service":"tax","counter":"1","transaction":"01a20440f9eb738ba3f59aa291524641-1","issued_at":1772409600000,"why":{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}}}');
INSERT INTO results VALUES('01a20440-fa22-7048-ad8d-f045913ea3fc',X'90fd0c66e82188aa9cfda9303e158a88',21,1772409600000,'{"type":"result","id":"01a20440-fa22-7048-ad8d-f045913ea3fc","seq":21,"done":{"ticket":"01a20440f9eb738ba3f59aa291524641","number":"A001","service":"tax"}}');
INSERT INTO results VALUES('01a20440-fa2b-7732-b9ae-ec4b4753dda2',X'731975a8ed1af089a68bf41698f1290a',22,1772409600000,'{"type":"result","id":"01a20440-fa2b-7732-b9ae-ec4b4753dda2","seq":22,"done":{"appointment":{"type":"appointment","serial":"YY-3","code":"05955610","service":"tax","day":"2026-03-03","start":"09:00","end":"10:00","at":1772499600000,"holder":"市*"}}}');
INSERT INTO results VALUES('01a20440-fa85-7049-91d8-0fc94ee05264',X'6003b06d71042a7339a46a8b9d66ea7a',23,1772409600000,'{"type":"result","id":"01a20440-fa85-7049-91d8-0fc94ee05264","seq":23,"done":{"appointment":{"type":"appointment","serial":"YY-4","code":"61376393","service":"tax","day":"2026-03-03","start":"10:00","end":"11:00","at":1772503200000,"holder":"市*"}}}');
INSERT INTO results VALUES('01a20440-fa8b-7e64-92fa-6156bb1b3191',X'10b948db22beb3a3b4e83ada440a59ec',24,1772409600000,'{"type":"result","id":"01a20440-fa8b-7e64-92fa-6156bb1b3191","seq":24,"done":{"appointment":{"type":"appointment","serial":"YY-5","code":"69149872","service":"tax","day":"2026-03-04","start":"09:00","end":"10:00","at":1772586000000,"holder":"市*"}}}');
INSERT INTO results VALUES('01a20440-fa96-7e81-9b7a-612ea3f51034',X'116433b6ec5375fcafd982ea38001ca1',25,1772409600000,'{"type":"result","id":"01a20440-fa96-7e81-9b7a-612ea3f51034","seq":25,"done":{"appointment":{"type":"appointment","serial":"YY-6","code":"73984829","service":"tax","day":"2026-03-05","start":"09:00","end":"10:00","at":1772672400000,"holder":"市*"}}}');
INSERT INTO results VALUES('01a20440-fa9f-7cf8-9fb9-27daf62aa20a',X'70cff16ed25085a2b680afdd92494332',26,1772409600000,'{"type":"result","id":"01a20440-fa9f-7cf8-9fb9-27daf62aa20a","seq":26,"done":{"appointment":{"type":"appointment","serial":"YY-6","code":"73984829","service":"tax","day":"2026-03-06","start":"10:00","end":"11:00","at":1772762400000,"holder":"市*"}}}');
INSERT INTO results VALUES('01a20440-faa7-74df-81b2-8050ccc47e7a',X'57dd33d63bc4309bba2e9bc94db7a756',27,1772409600000,'{"type":"result","id":"01a20440-faa7-74df-81b2-8050ccc47e7a","seq":27,"done":{"appointment":{"type":"appointment","serial":"YY-6","code":"73984829","service":"tax","day":"2026-03-06","start":"10:00","end":"11:00","at":1772762400000,"holder":"市*","state":"cancelled"}}}');
INSERT INTO results VALUES('01a20440-faaf-7361-9bd6-4c7d48cf3f2c',X'100d6fe48a4f32237f4074750dbe2cce',31,1772409600000,'{"type":"result","id":"01a20440-faaf-7361-9bd6-4c7d48cf3f2c","seq":31,"done":{"ticket":"01a20440f9eb738ba3f59aa291524641","number":"A001","service":"tax"}}');
INSERT INTO results VALUES('01a20440-fabc-7be5-b661-1088bfc83cd8',X'f595bffb18a1ad25e99a84a7f77335ea',33,1772497800000,'{"type":"result","id":"01a20440-fabc-7be5-b661-1088bfc83cd8","seq":33,"done":{}}');
INSERT INTO results VALUES('01a20440-fac5-7caf-b001-bea4f6bfbebf',X'd924a66f85b95bfd9f16265206b2bfb3',34,1772497800000,'{"type":"result","id":"01a20440-fac5-7caf-b001-bea4f6bfbebf","seq":34,"done":{}}');
INSERT INTO results VALUES('01a20440-fad3-726a-b199-246e9068aea3',X'5e4bcf1656be711f23a71d312a7276be',36,1772497800000,'{"type":"result","id":"01a20440-fad3-726a-b199-246e9068aea3","seq":36,"done":{"ticket":"01a20440fad4708a8230e45c9a6097de","number":"A001","service":"tax","ahead":0,"priority":0,"priority_reason":"","issued_at":1772497800000,"booked_at":1772499600000}}');
INSERT INTO results VALUES('01a20440-fad6-75e7-a372-4b23b9663457',X'aa2bcc51744109451077a60ff1d4084f',37,1772497800000,'{"type":"result","id":"01a20440-fad6-75e7-a372-4b23b9663457","seq":37,"done":{"ticket":"01a20440fadb78aebf7a7e22b1ea9cda","number":"A002","service":"tax","ahead":1,"priority":0,"priority_reason":"","issued_at":1772497800000}}');
INSERT INTO results VALUES('01a20440-fae6-7f44-8cb6-cb4210f46913',X'9d22d6a27fa54de2b1ab3426305740ec',38,1772497800000,'{"type":"result","id":"01a20440-fae6-7f44-8cb6-cb4210f46913","seq":38,"done":{"ticket":"01a20440fae7771c9fc5fe16219fde23","number":"B001","service":"id","ahead":0,"priority":0,"priority_reason":"","issued_at":1772497800000}}');
INSERT INTO results VALUES('01a20440-faef-7a9c-9ff4-f81b363a0ff1',X'ba67b0034e6a7843a6cece66984a12d3',39,1772497800000,'{"type":"result","id":"01a20440-faef-7a9c-9ff4-f81b363a0ff1","seq":39,"done":{"ticket":"01a20440fad4708a8230e45c9a6097de","number":"A001","service":"tax","counter":"1","transaction":"01a20440fad4708a8230e45c9a6097de-1","issued_at":1772497800000,"why":{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"预约号","en":"appointments"}}}}');
INSERT INTO results VALUES('01a20440-faf7-72c8-bd76-e1c69a4f845e',X'100d6fe48a4f32237f4074750dbe2cce',45,1772497800000,'{"type":"result","id":"01a20440-faf7-72c8-bd76-e1c69a4f845e","seq":45,"done":{"ticket":"01a20440fad4708a8230e45c9a6097de","number":"A001","service":"tax"}}');
INSERT INTO results VALUES('01a20440-fb04-7750-9735-f5d38d8da210',X'd6f3cd43d99ca5cfd57c63715c242697',47,1772582400000,'{"type":"result","id":"01a20440-fb04-7750-9735-f5d38d8da210","seq":47,"done":{}}');
INSERT INTO results VALUES('01a20440-fb12-7b16-b9c2-cf31cee325df',X'd924a66f85b95bfd9f16265206b2bfb3',48,1772582400000,'{"type":"result","id":"01a20440-fb12-7b16-b9c2-cf31cee325df","seq":48,"done":{}}');
INSERT INTO results VALUES('01a20440-fb1b-7107-9b9a-69316b3e60e6',X'f6fc25216bc09631b0a9c354a135597d',49,1772582400000,'{"type":"result","id":"01a20440-fb1b-7107-9b9a-69316b3e60e6","seq":49,"done":{"ticket":"01a20440fb1f77fdb24dd4e803ea5177","number":"A001","service":"tax","ahead":0,"priority":0,"priority_reason":"","issued_at":1772582400000}}');
INSERT INTO results VALUES('01a20440-fb20-7277-8d43-5ab34e4db168',X'ba67b0034e6a7843a6cece66984a12d3',50,1772582400000,'{"type":"result","id":"01a20440-fb20-7277-8d43-5ab34e4db168","seq":50,"done":{"ticket":"01a20440fb1f77fdb24dd4e803ea5177","number":"A001","service":"tax","counter":"1","transaction":"01a20440fb1f77fdb24dd4e803ea5177-1","issued_at":1772582400000,"why":{"rule":"priority_then_arrival","considered":1,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}}}');
CREATE TABLE IF NOT EXISTS "tickets" (
   "id" TEXT PRIMARY KEY,
   "day" TEXT NOT NULL,
   "number" TEXT NOT NULL,
   "prefix" TEXT NOT NULL,
   "serial" INTEGER NOT NULL,
   "service" TEXT NOT NULL,
   "issued_at" INTEGER NOT NULL,
   "priority" INTEGER,
   "priority_reason" TEXT,
   "person" TEXT,
   "holder" TEXT,
   "helper" INTEGER,
   "walk_in" INTEGER,
   "state" TEXT NOT NULL,
   "counter" TEXT,
   "steps" INTEGER,
   "returns" INTEGER,
   "ended_at" INTEGER,
   "end_reason" TEXT
) STRICT;
INSERT INTO tickets VALUES('01a20440f9e77c3c9f3a13dda60cfa27','2026-03-02','B001','B',1,'id',1772409600000,0,'','bac7b37819722638fb23a6ed5105d4f9','市*',0,0,'ended','1',1,0,1772409600000,'served');
INSERT INTO tickets VALUES('01a20440f9eb738ba3f59aa291524641','2026-03-02','A001','A',1,'tax',1772409600000,0,'','0c4b15648fdb13e133f02dab7fc61779','市*',0,0,'ended','1',1,0,1772409600000,'no_show');
INSERT INTO tickets VALUES('01a20440f9f7765ab10a030ebc633cb8','2026-03-02','A002','A',2,'tax',1772409600000,0,'',NULL,'',0,0,'ended',NULL,0,0,1772409600000,'closed_at_day_end');
INSERT INTO tickets VALUES('01a20440fad4708a8230e45c9a6097de','2026-03-03','A001','A',1,'tax',1772497800000,0,'','8c7c9fc509edb38a8017b94935e64acf','市*',0,0,'ended','1',1,0,1772497800000,'closed_at_day_end');
INSERT INTO tickets VALUES('01a20440fadb78aebf7a7e22b1ea9cda','2026-03-03','A002','A',2,'tax',1772497800000,0,'','9c6e99ac05a90fc772a8214d91f80d12','市*',0,0,'ended',NULL,0,0,1772497800000,'closed_at_day_end');
INSERT INTO tickets VALUES('01a20440fae7771c9fc5fe16219fde23','2026-03-03','B001','B',1,'id',1772497800000,0,'','4feffb23085c55776027eb481690bed0','市*',0,0,'ended',NULL,0,0,1772497800000,'closed_at_day_end');
INSERT INTO tickets VALUES('01a20440fb1f77fdb24dd4e803ea5177','2026-03-04','A001','A',1,'tax',1772582400000,0,'','ff873000f290dfe64b1c1043e0f9a7ad','市*',0,0,'serving','1',1,0,NULL,NULL);
CREATE TABLE IF NOT EXISTS "transactions" (
   "id" TEXT PRIMARY KEY,
   "day" TEXT NOT NULL,
   "ticket" TEXT NOT NULL,
   "number" TEXT,
   "step" INTEGER NOT NULL,
   "service" TEXT,
   "counter" TEXT NOT NULL,
   "staff" TEXT NOT NULL,
   "called_at" INTEGER NOT NULL,
   "why" TEXT NOT NULL,
   "started_at" INTEGER,
   "ended_at" INTEGER,
   "reason" TEXT,
   "held" INTEGER NOT NULL,
   "recalls" INTEGER,
   "rating" TEXT,
   "rating_at" INTEGER,
   "level" INTEGER,
   "reasons" TEXT
, stop INTEGER NOT NULL DEFAULT 0, joint INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO transactions VALUES('01a20440f9e77c3c9f3a13dda60cfa27-1','2026-03-02','01a20440f9e77c3c9f3a13dda60cfa27','B001',1,'id','1','s1',1772409600000,'{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}',1772409600000,1772409600000,'served',0,0,'asked',1772409600000,NULL,'',0,0);
INSERT INTO transactions VALUES('01a20440f9eb738ba3f59aa291524641-1','2026-03-02','01a20440f9eb738ba3f59aa291524641','A001',1,'tax','1','s1',1772409600000,'{"rule":"priority_then_arrival","considered":2,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}',1772409600000,1772409600000,'no_show',0,0,'none',NULL,NULL,'',0,0);
INSERT INTO transactions VALUES('01a20440fad4708a8230e45c9a6097de-1','2026-03-03','01a20440fad4708a8230e45c9a6097de','A001',1,'tax','1','s1',1772497800000,'{"rule":"priority_then_arrival","considered":3,"profile":"all","group":{"zh":"预约号","en":"appointments"}}',1772497800000,1772497800000,'closed_at_day_end',0,0,'none',NULL,NULL,'',0,0);
INSERT INTO transactions VALUES('01a20440fb1f77fdb24dd4e803ea5177-1','2026-03-04','01a20440fb1f77fdb24dd4e803ea5177','A001',1,'tax','1','s1',1772582400000,'{"rule":"priority_then_arrival","considered":1,"profile":"all","group":{"zh":"普通号","en":"ordinary"}}',1772582400000,NULL,NULL,0,0,'none',NULL,NULL,'',0,0);
CREATE TABLE personal (subject TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL, nonce BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (subject, kind)) STRICT, WITHOUT ROWID;
INSERT INTO personal VALUES('01a20440f9e77c3c9f3a13dda60cfa27','holder','2026-03-02',X'fc462ffde1627d3d058cdbce',X'cbbf283eb54b7d3e3d4786bce105204c988a88824c6214dcb91325a630deafd3195b963e29c4878c65e5577c83011120327dfd34f8bdb8f1ac629d49b58f8c15');
INSERT INTO personal VALUES('01a20440f9eb738ba3f59aa291524641','holder','2026-03-02',X'dc95df53328aa085f12ec518',X'0d97a2996091fc9fd34280ff75d9bdad4374a066a82b3d6630987ec3c07b43fbf1079219c327b65e5c0979c68de8b04aad0b284edf717ac45f405836993677f9');
INSERT INTO personal VALUES('01a20440fad4708a8230e45c9a6097de','holder','2026-03-03',X'0db03f3dbd011624880b3c90',X'5a94bf1ea3647d52998ce143b9d10fdf4cc487f3f7d2bde9e254f94d58c5662391d4957598a3a0880cf548423a198ad7b3c09b2789c2c246b641388cf53c4a89');
INSERT INTO personal VALUES('01a20440fadb78aebf7a7e22b1ea9cda','holder','2026-03-03',X'0d7a072c9c287723aa090d44',X'33ffd48e054ce73ba3ad55a1cea3a309ad88e2de37aade6b127d09bb0658adb0d4ed12c819e9f8f15b517af6cc30b2460df4d29017b7036cebcc07f08526e966');
INSERT INTO personal VALUES('01a20440fae7771c9fc5fe16219fde23','holder','2026-03-03',X'3765567e9efce63cb6178bda',X'7c594e58cd568d4a565b4ccd0d6b78de8d07d5a469b3aba44a2b66eea41bebf314337b60fa527ca161c72f42f0c956ae435c68b58d905b9f52924706bc0271e9');
INSERT INTO personal VALUES('01a20440fb1f77fdb24dd4e803ea5177','holder','2026-03-04',X'17edbf36f0c0a559859a62ba',X'db485b64c7c59ad5e2844cf1123c3a01e4903ab5d22a555444797c1da4d3588932874db3018c5d15c0a20eed065294be0dac553a5251ca80a30a16c022b97933');
INSERT INTO personal VALUES('YY-4','appointment','2026-03-03',X'0d3123885a714187e88dcf96',X'1396ea112b5a68c527fd893f50342488c75c69989e9c579801d8ec9555075f6d2c4c957b66f9ddf3d4d711807924ad6b01e40760f5fe1b6661746cd4f24a47e9');
INSERT INTO personal VALUES('YY-5','appointment','2026-03-04',X'4e49cdf24661c9efa235f5d1',X'98915755bd42f5bc583146f089d7018cf53582fb06ab550d3016e8cb5a693707f8132fae1223ed4a359d05eebf5cc888393d747ef8e3123fd168804c2ebba3ad');
CREATE TABLE IF NOT EXISTS "identity_reads" (
   "at" INTEGER NOT NULL,
   "day" TEXT NOT NULL,
   "program" TEXT NOT NULL,
   "counter" TEXT,
   "staff" TEXT,
   "ticket" TEXT NOT NULL
) STRICT;
CREATE TABLE shown_waits (ticket TEXT PRIMARY KEY, day TEXT NOT NULL, service TEXT NOT NULL, at INTEGER NOT NULL, low_s INTEGER NOT NULL, high_s INTEGER NOT NULL, how TEXT NOT NULL, mean_s REAL, day_mean_s REAL, last_ten_s REAL) STRICT, WITHOUT ROWID;
CREATE INDEX events_days ON events (seq) WHERE type = 'day_opened';
CREATE UNIQUE INDEX "idx_tickets_day_number"
    ON "tickets" ("day", "number");
CREATE UNIQUE INDEX "idx_transactions_ticket_step"
    ON "transactions" ("ticket", "step");
CREATE INDEX "idx_transactions_day"
    ON "transactions" ("day");
CREATE UNIQUE INDEX one_ticket_a_counter ON transactions (counter) WHERE ended_at IS NULL AND held = 0;
CREATE INDEX personal_days ON personal (day);
CREATE INDEX "idx_identity_reads_ticket"
    ON "identity_reads" ("ticket");
CREATE INDEX shown_waits_days ON shown_waits (day);
CREATE VIEW wait_outcomes AS SELECT shown_waits.*, (transactions.called_at - tickets.issued_at) / 1000.0 AS wait_s, tickets.end_reason FROM shown_waits JOIN tickets ON tickets.id = shown_waits.ticket LEFT JOIN transactions ON transactions.ticket = tickets.id AND transactions.step = 1;
CREATE UNIQUE INDEX one_counter_a_ticket ON transactions (ticket) WHERE ended_at IS NULL AND joint = 0;
COMMIT;
PRAGMA user_version=4;
