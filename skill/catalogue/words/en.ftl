# The words of the catalogue in English: what the listener hears about each exercise and move.
#
# One line per message. Further variants of the same line are its attributes .b and .c.
# Written for ears and for somebody who cannot see: short sentences, one cue at a time, everyday
# pictures and touch, numbers as words, no brackets, no slashes.


### Exercises

## Glute bridge

glute_bridge-name = glute bridge
glute_bridge-names = glute bridges
glute_bridge-good = Glute bridges teach your buttocks to lift your hips, the same work as getting out of a chair or climbing stairs.
glute_bridge-position-1 = Lie down on your back, with your head towards my voice.
glute_bridge-position-2 = Bend your knees and put both feet flat, as far apart as your hips.
glute_bridge-position-3 = Bring your heels to twelve to sixteen inches from your buttocks, about thirty to forty centimetres. That is a shoe's length, or a little more.
glute_bridge-position-4 = Rest your arms along your sides, and let your head lie heavy.
glute_bridge-bed-1 = Sit on the side of a firm bed, half way along it, then lie down and roll onto your back.
glute_bridge-bed-2 = Reach out with both hands to feel where the edges are, and move away from them.
glute_bridge-bed-3 = Bend your knees and put both feet flat on the mattress, hip-width apart, a shoe's length or a little more from your buttocks.
glute_bridge-bed-4 = Rest your arms along your sides. A mattress gives way, so press your heels in before you lift.
glute_bridge-out = Roll onto your side, then push yourself up to sitting with your hands. Take a breath before you stand.
glute_bridge-step-1 = Press your heels down, and brace your belly as you would before a cough.
glute_bridge-step-2 = Squeeze your buttocks and push your hips up towards the ceiling.
glute_bridge-step-3 = Stop when your knees, hips and shoulders make one straight line, like a plank leaning on a step.
glute_bridge-step-4 = Hold it there for two seconds, and keep breathing.
glute_bridge-step-5 = Lower slowly until your buttocks touch down. That is one rep.
glute_bridge-remind = On your back, knees bent, feet flat and hip-width apart, arms along your sides.
    .b = Lie on your back, feet flat, a shoe's length or a little more from your buttocks.
    .c = Back down, knees up, heels near your buttocks, arms resting at your sides.
glute_bridge-lift = Lift
    .b = Push up
    .c = Up
glute_bridge-hold = Hold
    .b = Squeeze
    .c = Stay
glute_bridge-lower = Lower
    .b = Slowly down
    .c = Down
glute_bridge-check = At the top, run one hand from your ribs down to your thigh. It should feel like one even slope, without a fold at the hip.
glute_bridge-tip-1 = Push the ground away with your heels.
    .b = Drive your heels down, and let the hips follow.
    .c = Heavy heels, light toes.
glute_bridge-tip-2 = Squeeze as if you held a coin between your buttocks.
    .b = Let your buttocks do the lifting, not your back.
    .c = Begin every lift with the squeeze.
glute_bridge-tip-3 = Stop when the line from knees to shoulders is straight.
    .b = Send your hips to the ceiling, and let your ribs rest.
    .c = Make a straight ramp from your knees to your shoulders.
glute_bridge-fault-1 = If you feel it in your lower back, you are probably lifting too high. Stop at the straight line, and squeeze your buttocks more.
glute_bridge-fault-2 = If the backs of your thighs take over or cramp, bring your heels a little closer, and squeeze your buttocks before you lift.
glute_bridge-fault-3 = If your knees drift in or out, press both feet down evenly, and keep your knees as far apart as your hips.
glute_bridge-breath = Breathe out as you lift and in as you lower. Never hold your breath.
glute_bridge-easier = To make it easier, lift only half way, or do fewer reps.
glute_bridge-harder = To make it harder, lay a dumbbell across the crease of your hips and hold it there, or wear a loop mini-band around your thighs.
glute_bridge-muscles = Your gluteus maximus, the big muscle of the buttocks, does most of the work. The hamstrings at the back of your thighs help.
glute_bridge-needs = You need nothing but a place to lie down. A mat makes it softer. A dumbbell or a loop mini-band makes it harder.

## Standing kickback

standing_kickback-name = standing kickback
standing_kickback-names = standing kickbacks
standing_kickback-good = Standing kickbacks work one buttock at a time, without getting down to the floor, and they train the push in every step you walk.
standing_kickback-position-1 = Stand facing a wall, a counter or a heavy box, somewhere you can hear me well.
standing_kickback-position-2 = Stand one to two feet away from it, about thirty to sixty centimetres, with your own feet hip-width apart.
standing_kickback-position-3 = Rest both palms against it.
standing_kickback-position-4 = Lean slightly forward, with your back straight from your tailbone to your head.
standing_kickback-position-5 = I will say which leg works. The other leg carries you.
standing_kickback-out = Bring both feet together under you, straighten up, and let go of your support.
standing_kickback-step-1 = Tighten your belly a little, and lift the working foot off the floor with that knee slightly bent.
standing_kickback-step-2 = Squeeze that buttock and press the leg back behind you, as far as you can without arching your back.
standing_kickback-step-3 = Hold for a moment, with both hip bones pointing straight ahead.
standing_kickback-step-4 = Bring the foot back beside the other one, under control. That is one rep.
standing_kickback-remind = Palms on your support, feet under your hips, back straight, leaning slightly forward.
    .b = Face the wall or counter, both palms on it, and lean in a little with a straight back.
    .c = One to two feet from your support, palms on it, belly tight, back straight.
standing_kickback-lift = Press back
    .b = Reach back
    .c = Push back
standing_kickback-hold = Hold
    .b = Squeeze
    .c = Stay
standing_kickback-lower = Return
    .b = Bring it in
    .c = And in
standing_kickback-check = Lay one hand on your lower back as the leg goes back. If the hollow under your hand gets deeper, make the movement smaller.
standing_kickback-tip-1 = Push the air behind you away with your heel.
    .b = Reach your heel towards the wall behind you.
    .c = Press the heel away, smooth as closing a heavy drawer.
standing_kickback-tip-2 = Keep your back straight, and let only the leg move.
    .b = Stop before your back arches.
    .c = Small and steady beats high.
standing_kickback-tip-3 = Point both hip bones straight at your support.
    .b = Keep your hips level, as if they carried a tray.
    .c = Press your standing foot down into the floor.
standing_kickback-tip-4 = With the knee straight, the hamstrings join in more.
    .b = A straight leg asks more of your hamstrings.
    .c = Straighten the knee to work the back of your thigh.
standing_kickback-fault-1 = If your back arches as the leg goes back, tighten your belly and stop the leg sooner.
standing_kickback-fault-2 = If the leg swings like a pendulum, slow down and press it back as if something pushed against your heel.
standing_kickback-fault-3 = If your hip turns out to the side, keep both hip bones pointing at your support, and your toes pointing down.
standing_kickback-breath = Breathe out as the leg goes back and in as it returns. Never hold your breath.
standing_kickback-easier = To make it easier, slide your toes back along the floor instead of lifting them, and hold on with both hands.
standing_kickback-harder = To make it harder, keep the knee straight and hold each rep for three seconds behind you.
standing_kickback-safety = Keep your back straight the whole time, and lean on something that cannot slide away.
standing_kickback-muscles = Your gluteus maximus presses the leg back. The hamstrings help, and more so the straighter your knee is.
standing_kickback-needs = You need no equipment. A wall, a counter or a heavy box to lean on helps you keep your balance.

## Quadruped kickback

quadruped_kickback-name = quadruped kickback
quadruped_kickback-names = quadruped kickbacks
quadruped_kickback-good = Quadruped kickbacks, which many people call donkey kicks, work one buttock at a time while your belly keeps your back still.
quadruped_kickback-position-1 = Spread your mat or padding, and go down onto your hands and knees, with my voice ahead of you.
quadruped_kickback-position-2 = Put your hands under your shoulders and your knees under your hips, like the four legs of a table.
quadruped_kickback-position-3 = Make your back long and level like the table top, with your face towards the floor.
quadruped_kickback-position-4 = Tighten your belly, as if somebody were about to rest a book on your back.
quadruped_kickback-position-5 = I will say which leg works. The other knee stays down and carries you.
quadruped_kickback-out = Bring both knees down and sit back on your heels. To stand, put one foot flat in front of you and push up, with a hand on something sturdy.
quadruped_kickback-step-1 = Shift your weight a little towards the resting side.
quadruped_kickback-step-2 = Lift the working knee, and push that foot up and back, straightening the knee as it goes.
quadruped_kickback-step-3 = Press the heel as if into the wall behind you, with the leg at the height of your hips.
quadruped_kickback-step-4 = Hold for a moment, with your back as level as before.
quadruped_kickback-step-5 = Bring the knee back under your hip. That is one rep.
quadruped_kickback-remind = On hands and knees, hands under your shoulders, knees under your hips, back level.
    .b = Hands and knees down, back long and level like a table top, belly tight.
    .c = On all fours, face towards the floor, belly tight, back still.
quadruped_kickback-lift = Press back
    .b = Push back
    .c = Heel back
quadruped_kickback-hold = Hold
    .b = Squeeze
    .c = Stay
quadruped_kickback-lower = Return
    .b = Bring it in
    .c = Knee in
quadruped_kickback-check = Lay a rolled-up sock across your lower back before you start. If it falls off, your hips are turning, so make the kick smaller.
quadruped_kickback-tip-1 = Press your heel into the wall behind you.
    .b = Stamp your footprint on the wall behind you, slowly.
    .c = Push the wall behind you away with your heel.
quadruped_kickback-tip-2 = Keep your back as still as a table top.
    .b = Stop at hip height, so that your back stays level.
    .c = Keep the book on your back from falling.
quadruped_kickback-tip-3 = Point both hip bones at the floor.
    .b = Push the floor away with both hands.
    .c = Keep your shoulders square to the floor.
quadruped_kickback-fault-1 = If your lower back sags or arches, tighten your belly and stop the leg at hip height.
quadruped_kickback-fault-2 = If your hips or shoulders turn, keep both hip bones facing the floor, and make the kick smaller.
quadruped_kickback-fault-3 = If you sink into your shoulders, push the floor away with both hands, and keep your neck long.
quadruped_kickback-breath = Breathe out as you press the heel back and in as the knee returns. Never hold your breath.
quadruped_kickback-easier = To make it easier, slide your toes back along the floor until the knee is straight, without lifting the leg.
quadruped_kickback-harder = To make it harder, hold each rep for three seconds, and do not let the knee touch down in between.
quadruped_kickback-safety = Do not arch your lower back, and do not let your hips or shoulders turn. A smaller kick is a better kick.
quadruped_kickback-muscles = Your gluteus maximus pushes the leg back, the hamstrings help, and your belly keeps your spine still.
quadruped_kickback-needs = You need a yoga mat or some padding under your knees, and nothing else.

## Step-up

step_up-name = step-up
step_up-names = step-ups
step_up-good = Step-ups are stairs in slow motion: one leg lifts your whole body, and your balance learns along with it.
step_up-position-1 = Stand facing the box or bench, six to twelve inches behind it, about fifteen to thirty centimetres, somewhere you can hear me well.
step_up-position-2 = Feel along its top with your foot, so that you know where the edges are.
step_up-position-3 = I will say which foot works. Put the whole of that foot on top, heel and toes.
step_up-position-4 = Your hip, knee and ankle are now bent at ninety degrees, like the corner of a book. Every rep starts from there.
step_up-position-5 = Keep a wall or a rail within reach, in case you lose your balance.
step_up-out = When both feet are on the floor, take a step back from the box before you turn round.
step_up-step-1 = Lean a little over the foot on the box, and push down through all of it.
step_up-step-2 = Squeeze that buttock and rise until you stand tall on that leg.
step_up-step-3 = Leave the other foot hanging in the air. It does not join the first one.
step_up-step-4 = Lower yourself slowly until the free foot is back on the floor. That is one rep.
step_up-step-5 = The working foot stays on the box until all its reps are done. Then you change feet.
step_up-remind = Whole working foot on the box, the other foot on the floor behind it, back long.
    .b = Facing the box, the whole working foot on top, something to hold within reach.
    .c = Working foot flat on top, heel and toes, the other foot on the floor.
step_up-lift = Step up
    .b = Push up
    .c = Up
step_up-hold = Tall
    .b = Steady
    .c = Stay
step_up-lower = Slowly down
    .b = Lower
    .c = Down
step_up-check = Rest your fingers on the crease at the top of your thigh. When you stand tall at the top, the crease opens until it feels flat.
step_up-tip-1 = Push the box down into the ground.
    .b = Press the box into the floor with your whole foot.
    .c = Press through heel and toes alike.
step_up-tip-2 = Let the top leg do the work; the floor foot only waits.
    .b = Rise without a hop from the floor foot.
    .c = Lift off the floor as quietly as you can.
step_up-tip-3 = Land as softly as if someone slept next door.
    .b = Sink like a feather, not like a stone.
    .c = Keep the knee in line with your toes.
step_up-fault-1 = If you push off with the foot on the floor, lift its toes first, so that the top leg has to do the work.
step_up-fault-2 = If your knee falls inwards, press it gently outwards, until it points the same way as your toes.
step_up-fault-3 = If you drop down at the end, take two full seconds, and feel for the floor with your toes.
step_up-breath = Breathe out as you rise and in as you lower. Never hold your breath.
step_up-easier = To make it easier, use a lower step, hold on to a rail, and let the other foot join on top.
step_up-harder = To make it harder, lower yourself more slowly, or only just touch the floor between reps.
step_up-safety = Make sure that the box or bench cannot slide, tip or roll. Push it hard with your hands before you step on it.
step_up-muscles = Your gluteus maximus straightens the hip and lifts you. The hamstrings help it, and the gluteus medius helps to keep your pelvis steady.
step_up-needs = You need a box or a bench that cannot move. A wall or a rail within reach helps your balance.

## Upright hip thrust

upright_hip_thrust-name = upright hip thrust
upright_hip_thrust-names = upright hip thrusts
upright_hip_thrust-good = Upright hip thrusts are done kneeling, and they teach your buttocks to drive your hips forward, as they do in running and jumping.
upright_hip_thrust-position-1 = Kneel on your mat or padding, with my voice in front of you and your knees about as far apart as your hips.
upright_hip_thrust-position-2 = Lay your shins flat on the mat behind you.
upright_hip_thrust-position-3 = Kneel up with your back upright, and put your hands on your hips.
upright_hip_thrust-position-4 = Now push your hips back until your buttocks touch your calves. Every rep starts from there.
upright_hip_thrust-out = Kneel up, put one foot flat in front of you, and push up to standing with a hand on something sturdy.
upright_hip_thrust-step-1 = Tighten your belly, and keep your back long.
upright_hip_thrust-step-2 = Squeeze your buttocks and drive your hips forward, until you are kneeling tall.
upright_hip_thrust-step-3 = Hold for a moment, with your thighs, hips and chest in one upright line.
upright_hip_thrust-step-4 = Push your hips back until your buttocks touch your calves. That is one rep.
upright_hip_thrust-remind = Kneeling, knees hip-width apart, shins flat, hands on your hips, buttocks back on your calves.
    .b = On your knees, hands on hips, hips pushed back, back long.
    .c = Knees and shins on the mat, hands on your hips, buttocks resting on your calves.
upright_hip_thrust-lift = Forward
    .b = Hips forward
    .c = And forward
upright_hip_thrust-hold = Hold
    .b = Squeeze
    .c = Stay tall
upright_hip_thrust-lower = Back
    .b = Hips back
    .c = Slowly back
upright_hip_thrust-check = Slide your fingers to the crease where your thighs meet your hips. It folds shut as you go back, and opens flat as you come forward.
upright_hip_thrust-tip-1 = Send your belt buckle forward.
    .b = Push an open drawer shut with your hips.
    .c = Let your hips lead, and your chest come along.
upright_hip_thrust-tip-2 = Squeeze your buttocks to bring the hips through.
    .b = Start the drive with the squeeze.
    .c = Squeeze at the front as if you held a coin.
upright_hip_thrust-tip-3 = Finish tall, not leaning back.
    .b = Grow taller as you come forward.
    .c = Press both shins evenly into the mat.
upright_hip_thrust-fault-1 = If you lean back at the front, tighten your belly and stop when you are tall.
upright_hip_thrust-fault-2 = If your back rounds as you sit back, keep your chest up and go back only as far as your back stays long.
upright_hip_thrust-fault-3 = If the floor is hard on your knees, fold your mat double under them, or choose a standing exercise.
upright_hip_thrust-breath = Breathe out as you drive forward and in as you sit back. Never hold your breath.
upright_hip_thrust-easier = To make it easier, sit back only half way, or put a cushion on your calves and sit back onto that.
upright_hip_thrust-harder = To make it harder, put a resistance band around your upper thighs, tied to a stable pole behind you.
upright_hip_thrust-muscles = Your gluteus maximus drives the hips forward, and the hamstrings help it.
upright_hip_thrust-needs = You need a yoga mat or some padding under your knees. A resistance band and a stable pole behind you make it harder.

## Prone hip extension on a stability ball

prone_ball_extension-name = ball extension
prone_ball_extension-names = ball extensions
prone_ball_extension-good = Prone hip extensions, a little like a superman over the ball, make hamstrings and buttocks lift both legs together.
prone_ball_extension-position-1 = Kneel behind the ball, with my voice ahead of you and room behind you for your legs.
prone_ball_extension-position-2 = Lie forward over the ball, and put both hands on the floor in front of it.
prone_ball_extension-position-3 = Walk your hands forward until your lower stomach or your hips rest on top of the ball.
prone_ball_extension-position-4 = Keep your arms straight and your hands flat on the floor.
prone_ball_extension-position-5 = Let your legs hang off the back, with straight knees and your toes just touching the floor.
prone_ball_extension-out = Put your toes down, walk your hands back until your knees are on the floor, and sit on your heels before you stand.
prone_ball_extension-step-1 = Push the floor away with your hands, and tighten your belly.
prone_ball_extension-step-2 = Squeeze your buttocks and lift both legs, with your knees straight.
prone_ball_extension-step-3 = Stop when your legs are in line with your body, like one long plank.
prone_ball_extension-step-4 = Hold for a moment, without letting your back bend further.
prone_ball_extension-step-5 = Lower slowly until your toes touch the floor. That is one rep.
prone_ball_extension-remind = Face down over the ball, hips on top, straight arms, toes just touching the floor.
    .b = Lower stomach on the ball, hands flat on the floor in front, legs long behind you.
    .c = Over the ball, hands on the floor, knees straight, toes just touching.
prone_ball_extension-lift = Lift
    .b = Legs up
    .c = Both legs up
prone_ball_extension-hold = Hold
    .b = Squeeze
    .c = Stay long
prone_ball_extension-lower = Lower
    .b = Slowly down
    .c = Toes down
prone_ball_extension-check = Feel the ball under you. It should stay still. If it rolls, you are swinging, so lift more slowly.
prone_ball_extension-tip-1 = Reach your toes to the wall behind you as they rise.
    .b = Make your legs long, as if someone pulled your heels.
    .c = Lift both heels together, as if tied with a ribbon.
prone_ball_extension-tip-2 = Stop when legs and body make one plank.
    .b = Level is enough; higher is too high.
    .c = Keep your belly tight, and your back stays quiet.
prone_ball_extension-tip-3 = Push the floor away with both hands.
    .b = Squeeze your buttocks before your toes leave the floor.
    .c = Let the ball carry your hips.
prone_ball_extension-fault-1 = If you feel it in your lower back, you are probably lifting too high. Stop when your legs are level with your body.
prone_ball_extension-fault-2 = If your legs swing up, let your toes rest on the floor between reps, and start each lift from stillness.
prone_ball_extension-fault-3 = If your knees bend, reach your heels away from you, and lift a little less.
prone_ball_extension-breath = Breathe out as you lift and in as you lower. Never hold your breath.
prone_ball_extension-easier = To make it easier, lift one leg at a time and leave the other toes on the floor.
prone_ball_extension-harder = To make it harder, hold each rep for three seconds while your legs are level.
prone_ball_extension-safety = Do not overextend your lower back. Stop when your legs are level with your body, and never swing them higher.
prone_ball_extension-muscles = Your hamstrings and your gluteus maximus do the work, and your belly keeps your back from bending.
prone_ball_extension-needs = You need a stability ball, and a floor on which your hands do not slip.

## Hip thrust

hip_thrust-name = hip thrust
hip_thrust-names = hip thrusts
hip_thrust-good = Hip thrusts are bridges with a weight, and they build the strength behind standing up, running and jumping.
hip_thrust-position-1 = Sit on the floor with your back to the long side of the bench, your legs straight, and my voice in front of you.
hip_thrust-position-2 = Lean your shoulder blades against the edge of the bench.
hip_thrust-position-3 = Roll the padded barbell over your legs into the crease of your hips, or lay the dumbbell across it.
hip_thrust-position-4 = Wrap both hands around the weight, and keep hold of it.
hip_thrust-position-5 = Bend your knees, and put your feet flat on the floor, about hip-width apart.
hip_thrust-out = Lower your hips to the floor, straighten your legs, and roll or lift the weight off. Then turn onto your hands and knees to get up.
hip_thrust-step-1 = Drive your heels down, and brace your belly.
hip_thrust-step-2 = Squeeze your buttocks, and push your pelvis and the weight up.
hip_thrust-step-3 = Stop when your body is level with the floor and your shins are upright, with your knees at ninety degrees, like a table.
hip_thrust-step-4 = Hold for a moment. Your chest keeps its position the whole time.
hip_thrust-step-5 = Bring the weight down gently. That is one rep.
hip_thrust-remind = Shoulder blades on the bench, weight in the crease of your hips, both hands on it, feet flat.
    .b = Back against the bench, hands around the weight, knees bent, feet hip-width apart.
    .c = Shoulder blades on the edge, the weight on your hips, heels planted.
hip_thrust-lift = Drive up
    .b = Push up
    .c = Lift
hip_thrust-hold = Hold
    .b = Squeeze
    .c = Stay
hip_thrust-lower = Lower
    .b = Gently down
    .c = Slowly down
hip_thrust-check = At the top, wiggle your toes. If you can, the push comes from your heels, where it belongs.
hip_thrust-tip-1 = Push the floor away with your heels.
    .b = Drive your heels through the floor.
    .c = Heels heavy, shins upright like table legs.
hip_thrust-tip-2 = Let your pelvis and your buttocks drive it.
    .b = Squeeze the weight up; leave your back out of it.
    .c = Lift the weight with your buttocks, not your hands.
hip_thrust-tip-3 = Finish level, like a table top.
    .b = Stop at level; no arch at the top.
    .c = Set the weight down as if it were glass.
hip_thrust-fault-1 = If you feel it in your lower back, use less weight, stop at level, and squeeze your buttocks more.
hip_thrust-fault-2 = If your chest tips up and down, keep its position, and let only the hips move.
hip_thrust-fault-3 = If your heels come off the floor, move your feet until your shins are upright at the top.
hip_thrust-breath = Breathe out as you push up and in as you lower. Never hold your breath.
hip_thrust-easier = To make it easier, use a light dumbbell or no weight at all, or do glute bridges first.
hip_thrust-harder = To make it harder, add a little weight once every rep of every set is clean.
hip_thrust-safety = The bench must be fixed to the floor or stand against a wall. If you are new to this, try a dumbbell or glute bridges first. Do not push with your lower back.
hip_thrust-muscles = Your gluteus maximus drives the weight up. The hamstrings and the adductor magnus of the inner thigh help.
hip_thrust-needs = You need a bench that cannot move, and a barbell with a pad around it. A dumbbell can take the barbell's place.

## Glute bridge and hamstring curl on a stability ball

ball_bridge_curl-name = ball bridge curl
ball_bridge_curl-names = ball bridge curls
ball_bridge_curl-good = It is a bridge and a hamstring curl in one, and it makes your buttocks and the backs of your thighs work as a team.
ball_bridge_curl-position-1 = Lie down on your back, with your head towards my voice and the ball at your feet.
ball_bridge_curl-position-2 = Put your calves and feet up on the ball, with your knees straight.
ball_bridge_curl-position-3 = Rest your hands at your sides, palms down, and press them lightly into the floor for balance.
ball_bridge_curl-position-4 = When I count you in, lift your bottom until your upper back, hips and feet make one line. Every rep starts from there.
ball_bridge_curl-out = Lower your hips, put your feet down one at a time beside the ball, and roll onto your side. Push up to sitting from there.
ball_bridge_curl-step-1 = Press your legs into the ball and lift your bottom, until your upper back, hips and feet make one straight line.
ball_bridge_curl-step-2 = Pull the ball towards your buttocks by bending your knees.
ball_bridge_curl-step-3 = Hold for a moment, with your hips high.
ball_bridge_curl-step-4 = Slowly straighten your legs until the ball has rolled back. That is one rep.
ball_bridge_curl-step-5 = Your body stays lifted between the curls, until the set is done.
ball_bridge_curl-remind = On your back, calves and feet on the ball, palms down. Lift your bottom as I count you in.
    .b = Back down, legs straight on the ball, hands by your sides. Bottom up at the count.
    .c = Feet and calves on the ball, palms down, hips ready to lift and to stay lifted.
ball_bridge_curl-lift = Curl in
    .b = Pull in
    .c = Roll in
ball_bridge_curl-hold = Hold
    .b = Hips high
    .c = Stay up
ball_bridge_curl-lower = Roll out
    .b = Slowly out
    .c = Straighten
ball_bridge_curl-check = With your legs straight, slide one hand under your buttocks. There should be clear space between them and the floor.
ball_bridge_curl-tip-1 = Drag the ball in with your heels.
    .b = Dig your heels in, and bring the ball to you.
    .c = Pull the ball as if it were heavy.
ball_bridge_curl-tip-2 = Keep your hips high, in and out.
    .b = Hang your hips from the ceiling on a string.
    .c = Keep the space under your buttocks.
ball_bridge_curl-tip-3 = Let the ball roll out slowly; do not let it run.
    .b = Press your palms into the floor for balance.
    .c = Roll the ball along one straight line.
ball_bridge_curl-fault-1 = If your hips sink as the ball comes in, squeeze your buttocks first, or leave out the curl for now.
ball_bridge_curl-fault-2 = If the ball wanders to the side, press both heels down evenly, and your palms into the floor.
ball_bridge_curl-fault-3 = If your hamstrings cramp, stop, straighten your legs and rest. Next time do only the hip lift.
ball_bridge_curl-breath = Breathe out as you pull the ball in and in as it rolls out. Never hold your breath.
ball_bridge_curl-easier = To make it easier, leave out the curl. Only lift and lower your hips, with your legs straight on the ball.
ball_bridge_curl-harder = To make it harder, let the ball roll out more slowly, or cross your arms on your chest.
ball_bridge_curl-safety = If this is new to you, do only the hip lift for now, and add the curl later.
ball_bridge_curl-muscles = Your hamstrings pull the ball in, and your gluteus maximus keeps your hips up.
ball_bridge_curl-needs = You need a stability ball, and room to lie down.


### Warm-up

march-name = marching on the spot
march-step-1 = Stand tall, with your feet under your hips and the back of a sturdy chair within reach.
march-step-2 = Lift one knee, put the foot down, then lift the other, as if you walked without going anywhere.
march-step-3 = Let your arms swing along. Find a pace at which you can still talk.
march-cue-1 = Keep your shoulders loose.
    .b = Let your shoulders drop away from your ears.
    .c = Shake the stiffness out of your arms.
march-cue-2 = Lift your knees a little higher.
    .b = Step as if over a low rope.
    .c = Pick your feet up a bit more.
march-cue-3 = Stand tall, as if a string pulled you up.
    .b = Grow tall through the top of your head.
    .c = Keep your chest up and your breath easy.
march-cue-4 = Put your feet down softly.
    .b = March quietly, like a cat.
    .c = Let each foot land without a sound.

hip_circles-name = hip circles
hip_circles-step-1 = Stand with your feet a little wider than your hips, and your hands on your hips.
hip_circles-step-2 = Draw a slow circle with your hips: forward, to one side, back, to the other side.
hip_circles-step-3 = Your feet and your head stay where they are. After a few circles, go the other way round.
hip_circles-cue-1 = Stir a big pot with your hips.
    .b = Draw the circle as round as a plate.
    .c = Go round slowly, like stirring porridge.
hip_circles-cue-2 = Change direction whenever you like.
    .b = Try the circle the other way round.
    .c = A few one way, a few the other.
hip_circles-cue-3 = Keep your head still and your knees soft.
    .b = Keep both feet planted.
    .c = Only as wide as it feels easy.

pelvic_tilts-name = standing pelvic tilts
pelvic_tilts-step-1 = Stand with your feet under your hips, knees soft, hands on your hip bones.
pelvic_tilts-step-2 = Think of your pelvis as a bowl of water, and tip it forward a little, so that your back hollows.
pelvic_tilts-step-3 = Then squeeze your buttocks and tip the bowl back, so that your back flattens.
pelvic_tilts-step-4 = Go to and fro, small and slow. The middle, with the bowl level, is your neutral position.
pelvic_tilts-cue-1 = Pour a little water out in front, then behind.
    .b = Tip the bowl forward, and tip it back.
    .c = To and fro, and never further than easy.
pelvic_tilts-cue-2 = Squeeze your buttocks as the bowl tips back.
    .b = A gentle squeeze brings your tailbone under.
    .c = Feel your buttocks wake up as you tip back.
pelvic_tilts-cue-3 = Keep your knees soft and your chest still.
    .b = Feel it with your hands: only the pelvis moves.
    .c = Let your shoulders rest.

chair_squats-name = easy squats to a chair
chair_squats-step-1 = Put a sturdy chair against a wall, and stand in front of it with the seat touching the backs of your legs.
chair_squats-step-2 = Put your feet under your hips, and reach both arms forward.
chair_squats-step-3 = Push your hips back and bend your knees, until you touch the seat lightly or sit down.
chair_squats-step-4 = Push the floor away, squeeze your buttocks, and stand up tall.
chair_squats-cue-1 = Push the floor away to stand up.
    .b = Press your heels down and rise.
    .c = Drive your feet down, and grow tall.
chair_squats-cue-2 = Touch the seat as if it were wet paint.
    .b = Sit down without a sound.
    .c = Lower yourself as slowly as you rise.
chair_squats-cue-3 = Squeeze your buttocks at the top.
    .b = Finish tall, with your hips forward.
    .c = Open your hips all the way as you stand.
chair_squats-cue-4 = Point your knees the same way as your toes.
    .b = Keep your chest up as your hips go back.
    .c = If it is hard, use your hands to push off.

step_backs-name = backward step taps
step_backs-step-1 = Stand tall behind a sturdy chair, with your hands resting on its back.
step_backs-step-2 = Reach one foot back, tap the floor with your toes, and bring it home.
step_backs-step-3 = Then the other foot. Keep changing, at an easy, even pace.
step_backs-cue-1 = Reach back with your toes, and tap.
    .b = Tap the floor as if testing the water.
    .c = Long step back, light tap.
step_backs-cue-2 = Squeeze the buttock of the leg that reaches back.
    .b = Feel your buttock join in with every reach.
    .c = Let the front of your hip open.
step_backs-cue-3 = Stay tall; only your legs move.
    .b = Keep your chest up, straight above your hips.
    .c = Rest your hands on the chair lightly.

leg_swings-name = leg swings
leg_swings-step-1 = Stand side-on to a wall or a sturdy chair, and hold it with the hand that is nearest.
leg_swings-step-2 = I will say which leg swings. Make that the leg away from your support.
leg_swings-step-3 = Swing it gently forward and back from the hip, like the pendulum of a clock.
leg_swings-step-4 = Begin small. Your back stays straight, and only the leg moves.
leg_swings-cue-1 = Let the leg swing by its own weight.
    .b = Loose and easy, like a pendulum.
    .c = Let it hang from your hip and swing.
leg_swings-cue-2 = Keep your back straight and your belly tight.
    .b = Only the leg swings; your body is a post.
    .c = Make it smaller if your back moves.
leg_swings-cue-3 = Stand tall on the other leg.
    .b = Press your standing foot down.
    .c = Keep hold of your support.

seated_march-name = seated marching
seated_march-step-1 = Sit on the front half of a sturdy chair, with your feet flat and your back tall.
seated_march-step-2 = Lift one knee, put the foot down, then lift the other.
seated_march-step-3 = Let your arms swing along, or hold the sides of the seat.
seated_march-cue-1 = Sit tall, as if a string pulled you up.
    .b = Grow tall from the seat.
    .c = Keep your back away from the backrest.
seated_march-cue-2 = Lift your knees a little higher.
    .b = Pick your feet up, one, then the other.
    .c = March as if to your favourite tune.
seated_march-cue-3 = Keep your shoulders loose.
    .b = Breathe easily as you march.
    .c = Put your feet down softly.

seated_kicks-name = seated leg straightening
seated_kicks-step-1 = Sit tall on a sturdy chair, with both feet flat and your hands on the sides of the seat.
seated_kicks-step-2 = Straighten one knee until your heel reaches away from you, then put the foot down.
seated_kicks-step-3 = Then the other leg. Keep changing, without a rush.
seated_kicks-cue-1 = Push your heel away from you.
    .b = Reach the heel towards the wall ahead.
    .c = Make the leg long, then set it down.
seated_kicks-cue-2 = Sit tall while the leg goes out.
    .b = Keep your weight on both sitting bones.
    .c = Let only the leg move.
seated_kicks-cue-3 = Put the foot down softly.
    .b = Slow and smooth, one, then the other.
    .c = Keep breathing, slow and even.

seated_bows-name = seated bows
seated_bows-step-1 = Sit on the front half of a sturdy chair, with your feet flat and hip-width apart.
seated_bows-step-2 = Cross your arms on your chest, or rest your hands on your thighs.
seated_bows-step-3 = Bow forward from your hips, with a long back, until your weight moves onto your feet.
seated_bows-step-4 = Press your feet down, squeeze your buttocks, and come back up to sitting tall.
seated_bows-cue-1 = Bow from the hips, with a long back.
    .b = Send your breastbone forward, over your knees.
    .c = Fold like a book, at the hips only.
seated_bows-cue-2 = Push the floor away to come up.
    .b = Press both feet down as you rise.
    .c = Squeeze your buttocks as you sit up.
seated_bows-cue-3 = Only as far as feels easy.
    .b = Breathe out as you bow, in as you rise.
    .c = Move slowly, and stop if you feel dizzy.


### Cool-down

kneeling_flexor_stretch-name = half-kneeling hip-flexor stretch
kneeling_flexor_stretch-step-1 = The leg that I name is the one we stretch. Kneel on that knee, on something soft, with a chair beside you to hold.
kneeling_flexor_stretch-step-2 = Put the other foot flat in front of you, with that knee bent.
kneeling_flexor_stretch-step-3 = Squeeze the buttock of the kneeling leg, and tuck your tailbone under.
kneeling_flexor_stretch-step-4 = Now glide your whole body a little forward, until you feel a stretch at the front of that hip.
kneeling_flexor_stretch-step-5 = Stay there and breathe.
kneeling_flexor_stretch-cue-1 = Keep the squeeze; it opens the front of the hip.
    .b = Keep that buttock firm, and your tailbone tucked.
    .c = Squeeze gently, and let the front of the hip lengthen.
kneeling_flexor_stretch-cue-2 = Stay tall; do not lean back.
    .b = Keep your ribs above your hips.
    .c = Grow tall out of the stretched hip.
kneeling_flexor_stretch-cue-3 = A mild pull is enough.
    .b = Breathe out, and let it soften.
    .c = No bouncing, just breathing.
kneeling_flexor_stretch-out = Put your hands on your front knee or on the chair, lean forward over your front foot, and push up to standing.

standing_flexor_stretch-name = standing hip-flexor stretch
standing_flexor_stretch-step-1 = Stand behind a sturdy chair, or facing a wall, with both hands on it.
standing_flexor_stretch-step-2 = The leg that I name is the one we stretch. Take a long step back with it.
standing_flexor_stretch-step-3 = Bend your front knee a little. The back heel may come off the floor.
standing_flexor_stretch-step-4 = Squeeze the buttock of the back leg and tuck your tailbone under, until you feel a stretch at the front of that hip.
standing_flexor_stretch-step-5 = Stay there and breathe.
standing_flexor_stretch-cue-1 = Keep the squeeze; it opens the front of the hip.
    .b = Keep that buttock firm, and your tailbone tucked.
    .c = Squeeze gently, and feel the front of the hip lengthen.
standing_flexor_stretch-cue-2 = Stay tall; do not arch your back.
    .b = Keep your chest straight above your hips.
    .c = Keep your back long, and your head high.
standing_flexor_stretch-cue-3 = A mild pull is enough.
    .b = Breathe out, and let it soften.
    .c = Hold on, and let the breath do the rest.

lying_hamstring_stretch-name = lying hamstring stretch
lying_hamstring_stretch-step-1 = Lie on your back, with your head towards my voice, both knees bent and both feet flat.
lying_hamstring_stretch-step-2 = The leg that I name is the one we stretch. Bring that knee over your belly, and clasp both hands behind the thigh.
lying_hamstring_stretch-step-3 = Slowly straighten that knee, until you feel a stretch at the back of the thigh. It need not be straight.
lying_hamstring_stretch-step-4 = Stay there and breathe.
lying_hamstring_stretch-cue-1 = Send your heel towards the ceiling.
    .b = Reach the heel up, only as far as easy.
    .c = Push the ceiling away, gently.
lying_hamstring_stretch-cue-2 = Let your head and shoulders rest.
    .b = Keep your tailbone heavy.
    .c = Let your hands carry the leg.
lying_hamstring_stretch-cue-3 = A mild pull is enough.
    .b = Breathe out, and let it soften.
    .c = No bouncing, just breathing.
lying_hamstring_stretch-out = Put both feet down, roll onto your side, and push yourself up to sitting with your hands.

seated_hamstring_stretch-name = seated hamstring stretch
seated_hamstring_stretch-step-1 = Sit on the front half of a sturdy chair, with both feet flat.
seated_hamstring_stretch-step-2 = The leg that I name is the one we stretch. Straighten it in front of you, heel on the floor, toes pointing up.
seated_hamstring_stretch-step-3 = Rest both hands on the other thigh, and bow forward from your hips with a long back.
seated_hamstring_stretch-step-4 = Stop when you feel a stretch at the back of the thigh. Stay there and breathe.
seated_hamstring_stretch-cue-1 = Send your breastbone forward, not your head down.
    .b = Bow from the hips, with a long back.
    .c = Keep your back long, like a hinge opening.
seated_hamstring_stretch-cue-2 = Keep your heel on the floor and your toes up.
    .b = Push the heel away from you.
    .c = Let the leg rest; no need to force it.
seated_hamstring_stretch-cue-3 = A mild pull is enough.
    .b = Breathe out, and let it soften.
    .c = No bouncing, just breathing.

lying_breathing-name = slow breathing on your back
lying_breathing-step-1 = Lie on your back, with your head towards my voice, knees bent and feet flat.
lying_breathing-step-2 = Rest one hand on your belly.
lying_breathing-step-3 = Breathe in through your nose until your hand rises, and breathe out slowly until it sinks.
lying_breathing-cue-1 = Feel your hand rise and sink with each breath.
    .b = Breathe slowly, down into your belly.
    .c = With every breath in, the hand floats up.
lying_breathing-cue-2 = Let each breath out be longer than the breath in.
    .b = Every breath out, long and slow.
    .c = Let the air go each time, as if fogging a window.
lying_breathing-cue-3 = Let the floor carry you.
    .b = Let your legs and your jaw go soft.
    .c = Nothing to do now but breathe.
lying_breathing-out = Roll onto your side and rest there for a breath. Then push up to sitting with your hands, and take your time to stand.

seated_breathing-name = slow breathing in a chair
seated_breathing-step-1 = Sit comfortably in your chair, with both feet flat on the floor.
seated_breathing-step-2 = Rest one hand on your belly.
seated_breathing-step-3 = Breathe in through your nose until your hand moves out, and breathe out slowly until it sinks back.
seated_breathing-cue-1 = Feel your hand move out and back with each breath.
    .b = Breathe slowly, down into your belly.
    .c = With every breath in, the belly grows.
seated_breathing-cue-2 = Let each breath out be longer than the breath in.
    .b = Every breath out, long and slow.
    .c = Let the air go each time, as if fogging a window.
seated_breathing-cue-3 = Let the chair carry you.
    .b = Let your shoulders and your jaw go soft.
    .c = Nothing to do now but breathe.


### Equipment: in a sentence, and bare

equipment-dumbbell = a dumbbell
equipment-dumbbell-bare = dumbbell
equipment-barbell = a barbell
equipment-barbell-bare = barbell
equipment-barbell_pad = a barbell pad
equipment-barbell_pad-bare = barbell pad
equipment-bench = a bench that cannot move
equipment-bench-bare = bench
equipment-box = a box that cannot move
equipment-box-bare = box
equipment-mini_band = a loop mini-band
equipment-mini_band-bare = mini-band
equipment-resistance_band = a resistance band
equipment-resistance_band-bare = resistance band
equipment-pole = a stable pole
equipment-pole-bare = pole
equipment-stability_ball = a stability ball
equipment-stability_ball-bare = stability ball
equipment-mat = a yoga mat
equipment-mat-bare = yoga mat
equipment-padding = some padding
equipment-padding-bare = padding
equipment-wall = a wall
equipment-wall-bare = wall
equipment-counter = a counter
equipment-counter-bare = counter
equipment-chair = a sturdy chair
equipment-chair-bare = chair
equipment-bed = a firm bed
equipment-bed-bare = bed


### Muscles

muscle-gluteus_maximus = gluteus maximus
muscle-gluteus_maximus-about = The gluteus maximus is the big muscle of your buttock. It is the main one that opens the hip, and you feel it harden when you squeeze.
muscle-gluteus_medius = gluteus medius
muscle-gluteus_medius-about = The gluteus medius lies on the outer side of your hip. It gives the gluteus maximus some help and steadies your pelvis.
muscle-hamstrings = hamstrings
muscle-hamstrings-about = The hamstrings are three muscles at the back of your thigh, and they help to open the hip: biceps femoris, semitendinosus and semimembranosus.
muscle-biceps_femoris = biceps femoris
muscle-biceps_femoris-about = The biceps femoris is the hamstring on the outer side. Its long head runs over the hip, and so helps to open it.
muscle-semitendinosus = semitendinosus
muscle-semitendinosus-about = The semitendinosus is one of the two hamstrings on the inner side. It helps to open the hip.
muscle-semimembranosus = semimembranosus
muscle-semimembranosus-about = The semimembranosus is one of the two hamstrings on the inner side. It helps to open the hip.
muscle-adductor_magnus = adductor magnus
muscle-adductor_magnus-about = The adductor magnus is the large muscle of your inner thigh. Its rear part helps to open the hip.
muscle-iliacus = iliacus
muscle-iliacus-about = The iliacus lies inside your pelvis. It is a hip flexor: it folds the hip, and long sitting leaves it tight.
muscle-psoas_major = psoas major
muscle-psoas_major-about = The psoas major runs from your lower spine to your thigh. It is a hip flexor: it folds the hip, and long sitting leaves it tight.
muscle-rectus_femoris = rectus femoris
muscle-rectus_femoris-about = The rectus femoris runs down the front of your thigh. It is a hip flexor: it folds the hip, and long sitting leaves it tight.


### What the coach can explain

topic-hip_extension = Hip extension opens your hip: the angle between pelvis and thigh grows. Either your leg goes behind you, or your body comes forward over a bent leg, as when you stand up. The opposite is flexion: the hip folds, as in a squat, at a desk, or when a kick swings forward.
topic-why = Strong hip extensors spare your lower back and your knees, and give you power for walking, stairs and sport. Long sitting does the opposite: it leaves the front of the hips tight and the back of them weak.
topic-muscles = Three groups open your hip. The gluteus maximus of the buttock is the main one, with some help from the gluteus medius. Then come the hamstrings at the back of the thigh, and the rear part of the adductor magnus at the inner thigh. Together they steady your pelvis and drive you along.
topic-everyday = You use hip extension all day: when you get out of a chair, climb stairs, and push off in every step you walk.
topic-sport = Running, jumping and kicking all live on hip extension. Even a kick begins with it: the leg goes back before it swings forward. Stronger extensors mean more power.
topic-flexors = The hip flexors fold your hip: iliacus, psoas major and rectus femoris. Long sitting leaves them tight. That is why a workout here ends with stretching the front of your hips: strong behind and long in front belong together.
topic-pelvic_tilt = Think of your pelvis as a bowl of water. Weak buttocks and belly with tight hip flexors can let it tip forward and down, and the water spills in front. That loads the lower back and strains the hamstrings. It is called anterior pelvic tilt. Strengthen behind, stretch in front.
topic-neutral_spine = Neutral means that the bowl of your pelvis is level: it tips neither forward nor back, and your lower back is not arched. Tighten your belly a little to keep it so. If you cannot keep it, make the movement smaller.
topic-squeeze = Squeeze your buttocks in every rep, before you move if you can. Otherwise your hamstrings do most of the work. Lay a hand on your buttock: it should turn firm.
topic-warm_up = Warm up for five to ten minutes: something light such as walking, then moves that take your joints through their range. Warm muscles move more easily.
topic-form_first = Good form comes first, and more load later. When every rep of every set is clean and steady, it is time for something harder, not before.
topic-sitting = Long sitting leaves your hip flexors tight and your buttocks weak. Get up every thirty to sixty minutes, and stay up for at least five. Walking to the kitchen counts.
topic-other_patterns = Hips do more than extend. Take two or three hip extension exercises into a lower-body workout, and add others that move the leg out to the side, in to the middle, and that turn it.
topic-how_often = Two or three days a week are enough, with a day between them. Take two or three exercises each time, with two or three sets. If you are new to this, one set is a fair start.
topic-how_hard = Stop each set when you feel you could do two or three more good reps. Going on until nothing moves brings no clear gain, and it costs you your form.
topic-progression = Stay with an exercise until every set reaches the top number of reps, cleanly, in two workouts. Then take the harder version, and start again at the lowest number of reps.
topic-rest = Rest for sixty to ninety seconds between sets, and longer, about two minutes, when you feel you need it. Rest is part of the work.
topic-tempo = I count two seconds up, a short hold, and two to three seconds down, unless you ask me to go slower or faster. The count keeps your reps honest and your form clean, because people who train alone tend to hurry. I do not promise that slow reps build more muscle.
topic-breathing = Breathe out as you lift or push, and in on the way back. If you lose the rhythm, just keep breathing. Never hold your breath.
topic-load_honesty = With body weight alone you gain strength and control, but not the most strength you could have. For that you need more load as you go on: a harder version, a band, or a weight.
topic-getting_down = Only if you can also get up again: put a sturdy chair against a wall and both hands on its seat. Step one foot back, and lower that knee to the floor, then the other. Put your hands on the floor, one by one. Sit down onto one hip, and lie down on that side. Then roll onto your back.
topic-getting_up = Roll onto your side, and push up with your hands until you are on hands and knees. Crawl to the sturdy chair, and put both hands on its seat. Put your stronger foot flat in front of you. Push with hands and foot, stand up, then turn and sit. Rest for a moment.


### Levels and postures

level-beginner = beginner
level-intermediate = intermediate
level-advanced = advanced
posture-lying = lying down
posture-all_fours = on hands and knees
posture-kneeling = kneeling
posture-standing = standing
posture-seated = sitting

### What the coach says around the exercises

list-two = { $head } and { $last }
list-more = { $head }, and { $last }

## Welcome and goodbye

welcome-first = Welcome to My Hip Workout. I talk you through exercises that strengthen your hips, one step and one rep at a time, and you need no screen.
welcome = Welcome back to My Hip Workout.
    .b = Good to have you back at My Hip Workout.
    .c = Hello again from My Hip Workout.
welcome-back = Welcome back. You have an unfinished workout.
    .b = Hello again. Your last workout is not finished yet.
    .c = Good that you are back. I kept your place.
goodbye = Goodbye. Move a little every half hour.
    .b = Goodbye, and see you next time.
    .c = All right. Goodbye.
stopped = All right, stopping here.
    .b = Stopped.
    .c = We stop here.
place-kept = I am keeping your place. Goodbye.
    .b = Your place is kept. Goodbye.
    .c = I know where you stopped. Goodbye.
let-go = All right, we'll leave that workout.
    .b = Fine, we'll leave it.
    .c = Then that workout is over.
done = That was your workout.
    .b = Workout done.
    .c = And that is the end of your workout.
done-summary = You did { $sets ->
        [one] one set
       *[other] { $sets } sets
    } and { $reps ->
        [one] one rep
       *[other] { $reps } reps
    } of { $exercises }.
done-short = No sets today, and that is all right.
done-bye = Leave a day before the next one. Goodbye.
    .b = Let your muscles rest a day. Goodbye.
    .c = Take a day between workouts. See you then.

## Safety

safety-not-medical = One thing first. I am not a doctor, and this is no medical advice. If you are unwell, or not sure whether to exercise, ask your doctor first.
safety-before-we-start = Before we start, one question.
    .b = One question before we start.
    .c = First, one question.
safety-yes-or-no = Please say yes or no.
    .b = A yes or a no is enough.
    .c = Just yes or no.
safety-pain = Stop there, and come down gently. If it is sharp, in a joint, or six or more out of ten, say skip, and we leave this exercise. If it is four or five, say easier. If it is three or less, say carry on.
safety-sharp = Stop there, and come down gently. Sharp or joint pain means that we leave it for today. If it stays, speak to a doctor.
safety-leave = At six or more we leave it for today. If it stays, speak to a doctor.
safety-pain-moves = Stop there, and rest. If it is sharp, in a joint, or six or more out of ten, say skip, and we leave this one out. If it is less, and fades, say carry on.
safety-carry-on = Three or less is all right. Go gently.
safety-ease = At four or five we ease off, with fewer reps. If it is still there tomorrow, leave this exercise out for a while.
safety-pain-idle = Then let it rest. If it is sharp, in a joint, or six or more out of ten, do not exercise it today, and speak to a doctor if it stays. Three or less is all right to move with.
safety-stop = Stop now, and sit or lie down. For chest pain, fainting or trouble breathing, call emergency services now.
safety-stop-call = For anything else, rest, and speak to a doctor. We do no more today. Take care of yourself.
safety-advice = I am not a doctor. If you have heart trouble, a new joint, an injury, or have not exercised for long, ask your doctor first. Nothing here should be sharp or hurt in a joint.
safety-when-to-stop = Stop at once if your chest, neck, jaw or arm hurts, if you feel dizzy or sick, break into a cold sweat, or cannot get your breath.

place-floor = Good, then we use the floor too.
place-bed = Good, then we use a firm bed, and the floor only for your feet.
place-standing = Good, then we stay on our feet. If you have a firm bed, say, I am on the bed.

## Planning

planning-overview = I planned about { $minutes } minutes: a warm-up, then { $exercises }, then a cool-down.
    .b = Here is about { $minutes } minutes. We warm up, then do { $exercises }, and cool down.
    .c = About { $minutes } minutes today: warming up, { $exercises }, and cooling down.
planning-short-warm-up = The warm-up is shorter than the usual five minutes, so take the first set gently.
    .b = The warm-up is a short one, so take the first set gently.
planning-no-longer = That is the longest that I plan.
    .b = I plan no workout longer than that.
planning-shortest = The shortest I plan is about five minutes.
    .b = I plan no workout shorter than about five minutes.
planning-longer = That is a little longer than you asked, because I explain what is new to you.
    .b = It takes a little longer than you asked, so that I can explain what is new.
    .c = A little longer than you asked, for some of it is new to you.
planning-step = With a sturdy step or box we could add step-ups. Tell me if you have one.
    .b = If you have a sturdy step or box, tell me, and we add step-ups.
planning-needs = You need { $needs }.
rest-today = Your last workout ended only hours ago, and it is better to rest until tomorrow. You can still ask me how an exercise is done.
    .b = You had a workout today. Better leave a day between. I can still explain exercises.
    .c = It is better to rest until tomorrow. Until then I can explain exercises.
planning-under-way = You are in the middle of a workout.
planning-most = The most I coach is { $sets } sets of { $reps }.
planning-cold = If you have been sitting, march on the spot for a few minutes first.
    .b = If you are cold, walk about for a few minutes before we begin.
    .c = Warm muscles work better. A few minutes of walking first will do.
planning-one = All right: { $exercise }, { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = Good: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } { $exercise }.
    .c = Let's do { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } { $exercise }.

## Pacing: warm-up and cool-down

pacing-warm-up-start = Let's warm up. Keep everything easy, and hold on to something whenever you like.
    .b = We begin with the warm-up. Nothing here should be hard work.
    .c = Time to warm up. Small movements first, larger ones later.
pacing-cool-down-start = Now we cool down. Move slowly, and let your breath settle.
    .b = Time to cool down. There is no hurry.
    .c = Last part: the cool-down. Take it gently.
pacing-first-move = First: { $move }.
    .b = We start with { $move }.
    .c = The first one: { $move }.
pacing-move = Next: { $move }.
    .b = Now: { $move }.
    .c = Then: { $move }.
pacing-move-pick-up = We go on where we were.
    .b = Back to it.
    .c = Picking up again.
pacing-go = Begin.
    .b = Go.
    .c = Off you go.
pacing-ten-left = Ten seconds more.
    .b = Ten more seconds.
    .c = The last ten seconds.
pacing-move-over = And stop.
    .b = Let it go.
    .c = That's it.
pacing-warm-up-done = You are warm now.
    .b = That was the warm-up.
    .c = Warm-up done.

## Pacing: exercises and sets

pacing-exercise = Exercise { $number } of { $of }: { $exercise }.
    .b = Now to exercise { $number } of { $of }: { $exercise }.
    .c = Number { $number } of { $of }: { $exercise }.
pacing-teach = Rest there while I explain the { $exercise }.
    .b = Stay at ease, and listen first. This is the { $exercise }.
    .c = Take it easy while I tell you how the { $exercise } goes.
pacing-set = { $exercise }, set { $set } of { $sets }: { $reps ->
        [one] one rep
       *[other] { $reps } reps
    }.
    .b = { $exercise }. Set { $set } of { $sets }, { $reps ->
        [one] one rep
       *[other] { $reps } reps
    }.
    .c = { $exercise }, { $reps ->
        [one] one rep
       *[other] { $reps } reps
    }. This is set { $set } of { $sets }.
pacing-set-short = Set { $set } of { $sets }: { $reps ->
        [one] one rep
       *[other] { $reps } reps
    }.
pacing-get-down = Take your time to get down. Hold a sturdy chair, then one knee, the other knee, and your hands.
    .b = Get down slowly: a hand on a sturdy chair, one knee, then the other.
    .c = Now down to the floor, without hurry. Use a sturdy chair, one knee at a time.
pacing-about = This is about the { $exercise }.
    .b = For the { $exercise }:
    .c = With the { $exercise }:
pacing-pick-up = We pick up at rep { $rep } of set { $set }.
    .b = On with set { $set }, from rep { $rep }.
    .c = Set { $set } goes on at rep { $rep }.
pacing-back-to = Back to rep { $rep }.
    .b = On from rep { $rep }.
    .c = Rep { $rep } comes next.
pacing-side-right = Right leg first.
    .b = Begin with the right leg.
    .c = We start with the right leg.
pacing-side-left = Left leg.
    .b = The left leg now.
    .c = Left leg this time.
pacing-change-left = Change sides. Now the left leg.
    .b = Switch over to the left leg.
    .c = Other side: the left leg.
pacing-change-right = Change sides. Now the right leg.
    .b = Switch over to the right leg.
    .c = Other side: the right leg.
pacing-side-done = That leg is done. Take a breath.
    .b = One side done. Shake the leg out.
    .c = Good, that was the first leg. Breathe.
pacing-split = Let's take a breath here.
    .b = A short break before the rest of this set.
    .c = Rest a moment. The set goes on.
pacing-count = { $n }
pacing-half-way = Half way.
    .b = That's half.
    .c = Half done.
pacing-last-one = Last one.
    .b = One more.
    .c = Final one.
pacing-exercise-done = That was the last set of { $exercise }.
    .b = That completes your { $exercise }.
    .c = That is all for the { $exercise }.
pacing-rest = Set { $set } done. Rest for { $seconds } seconds, and breathe.
    .b = That was set { $set }. Now rest for { $seconds } seconds.
    .c = End of set { $set }. { $seconds } seconds of rest.
pacing-rest-left = { $seconds } seconds to go.
    .b = { $seconds } more seconds.
    .c = { $seconds } seconds left.
pacing-rest-freely = Set { $set } done. Rest as long as you like.
    .b = That was set { $set }. Take the rest you need.
    .c = End of set { $set }. Rest until you are ready.
pacing-coming = Ten seconds. Next is set { $set } of the { $exercise }, { $reps } reps.
    .b = Ten more seconds, then set { $set } of the { $exercise }.
    .c = Get ready soon. Set { $set } of the { $exercise } is next, { $reps } reps.

paused = Paused.
    .b = On hold.
    .c = All right, I'll wait.
set-ended-early = { $reps ->
        [one] One rep
       *[other] { $reps } reps
    } done. Good.
    .b = Fine, that makes { $reps ->
        [one] one rep
       *[other] { $reps } reps
    }.
    .c = { $reps ->
        [one] One rep counts
       *[other] { $reps } reps count
    }.
no-hurry = No hurry.
    .b = Take your time.
    .c = Whenever you are ready.
set-again = This set again, from the start.
    .b = The same set once more.
    .c = We begin this set again.
skipped-warm-up = Then take the first set gently.
    .b = No warm-up, then. Begin gently.
    .c = Straight to the exercises, then. Easy at first.
skipped-last = We leave it there.
    .b = We leave that one out.
    .c = Skipped.
skipped = Skipped.
    .b = We leave that one out.
    .c = On to the next.
nothing-to-pause = Nothing is running, so there is nothing to pause.
nothing-to-resume = There is no workout to carry on.
nothing-to-skip = There is nothing to skip just now.
nothing-before = There is nothing to go back to.
no-rest-now = There is no rest to end just now.

felt-easy = Good to know.
    .b = Easy, then.
    .c = Fine.
felt-right = Good.
    .b = That is how it should be.
    .c = Just as it should be.
felt-hard = Thank you for saying so. Stop earlier whenever your form goes.
    .b = Hard, then. Two or three good reps should always be left in you.
    .c = Good that you say so. Next time, stop while you still have two good reps left.
felt-noted = Good to know.
dose-easy = Two more from now on: { $reps } reps.
    .b = Then { $reps } reps a set.
    .c = We go up to { $reps } reps.
dose-hard = Two fewer from now on: { $reps } reps.
    .b = Then { $reps } reps a set.
    .c = We go down to { $reps } reps.
dose-easy-limit = This is the top of its range. Say harder for a harder exercise.
dose-hard-limit = This is the bottom of its range. Say easier for an easier exercise.

## Where am I, how many, how long

where-warm-up = You are in the warm-up: { $move }.
    .b = This is the warm-up: { $move }.
    .c = We are warming up: { $move }.
where-cool-down = You are in the cool-down: { $move }.
    .b = This is the cool-down: { $move }.
    .c = We are cooling down: { $move }.
where-before = You are about to do { $exercise }.
    .b = Next: { $exercise }.
    .c = You have come to { $exercise }.
where-side-left = It is the left leg's turn.
    .b = The left leg is working.
    .c = You are on the left leg.
where-side-right = It is the right leg's turn.
    .b = The right leg is working.
    .c = You are on the right leg.
where-planned = Your workout is planned, and has not begun.
    .b = The workout is planned. Nothing of it is done yet.
    .c = You have a workout planned.
where-set = You are at set { $set } of the { $exercise }.
    .b = This is set { $set } of the { $exercise }.
    .c = We are at set { $set } of the { $exercise }.
where-after-rep = You stopped after rep { $rep } of set { $set } of the { $exercise }.
    .b = That was rep { $rep } of set { $set } of the { $exercise }.
    .c = You have done rep { $rep } of set { $set } of the { $exercise }.
where-after-set = You have done set { $set } of the { $exercise }.
    .b = Set { $set } of the { $exercise } is behind you.
    .c = That was set { $set } of the { $exercise }.
where-nowhere = This is My Hip Workout. No workout is going on.
left-nothing = No workout is going on, so nothing is left to do.
left-exercises = { $exercises ->
        [0] No more exercises.
        [one] One exercise to come.
       *[other] { $exercises } exercises to come.
    }
left-reps = { $reps ->
        [one] One more rep.
       *[other] { $reps } more reps.
    }
left-then-sets = { $sets ->
        [0] This is the last set.
        [one] Then one more set.
       *[other] Then { $sets } more sets.
    }
left-sets = { $sets ->
        [0] No more sets of { $exercise }.
        [one] One set of { $exercise } left, counting this one.
       *[other] { $sets } sets of { $exercise } left, counting this one.
    }
left-then = { $exercises ->
        [0] After that, no more exercises.
        [one] Then one more exercise.
       *[other] Then { $exercises } more exercises.
    }
how-long-left = About { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    } left, of { $of }.
    .b = { $minutes ->
        [one] One more minute
       *[other] { $minutes } more minutes
    } or so, of { $of }.
    .c = There are about { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    } left of { $of }.
how-long-choice = You choose: ten, twenty or thirty minutes, or any number you say. Twenty is usual.

## Guidance

how-to = The { $exercise }, in { $steps } steps. Say next after each.
    .b = Here is the { $exercise }. There are { $steps } steps. Say next to go on.
    .c = The { $exercise } has { $steps } steps. Say next when you want the next one.
how-to-step = Step { $step } of { $steps }.
    .b = Step { $step }.
    .c = { $step } of { $steps }.
how-to-over = That was all of it.
    .b = Those were all the steps.
    .c = And that is the whole movement.
how-to-left = All right.
    .b = Fine.
    .c = We leave it there.
how-to-back = Back to your workout.
    .b = On with the workout.
    .c = Let's go back to the workout.
list = { $count ->
        [one] I know one: { $exercises }.
       *[other] I know { $count }: { $exercises }.
    }
    .b = { $count ->
        [one] There is one: { $exercises }.
       *[other] There are { $count }: { $exercises }.
    }
    .c = { $count ->
        [one] You can do one: { $exercises }.
       *[other] You can choose from { $count }: { $exercises }.
    }
list-none = I have none that fits.
needs-nothing = You need nothing but room to move, and something soft for your knees. What else you have, you can tell me.
explain-what = I can explain hip extension, why it matters, how to sit less, how often to train, each muscle, and how to get down to the floor and up.
unknown-exercise = I do not know that exercise.
    .b = That is not one of mine.
    .c = I have no exercise by that name.

## Adjusting

talk-full = I will explain everything.
    .b = Then I'll say more.
    .c = More words from now on.
talk-short = I will say less.
    .b = Fewer words from now on.
    .c = Shorter, then.
talk-counts = From now on only the counts.
    .b = Just the numbers, then.
    .c = I'll only count.
counting-up = Counting up.
    .b = I'll count up from one.
    .c = Up from one, then.
counting-down = Counting down.
    .b = I'll count down to one.
    .c = Down to one, then.
counting-last_three = I'll count only the last three.
    .b = Just the last three, then.
    .c = Only the last three get a number.
pace-slower = Slower.
    .b = A little slower.
    .c = Slower it is.
pace-faster = Faster.
    .b = A little faster.
    .c = Faster it is.
pace-normal = Back to the usual pace.
    .b = The usual pace again.
    .c = As before.
pace-slower-limit = Slower than this does not do more for you.
pace-faster-limit = Faster than this, and the form goes. Let's keep it here.
rest-more = Longer rests from now on.
    .b = More rest, then.
    .c = I'll give you longer.
rest-less = Shorter rests from now on.
    .b = Less rest, then.
    .c = I'll keep the rests shorter.
rest-more-limit = You have the longest rest already. Take what you need, and say ready.
rest-less-limit = This is the shortest rest. Say ready whenever you want to go on.
rest-more-now = Take the rest you need. The next ones are longer too.
    .b = Rest on. I'll make the next ones longer too.
    .c = No hurry. The rests to come are longer as well.
have = Noted: { $items }.
    .b = So you have { $items }.
    .c = Good to know: { $items }.
have-all = Good, you have all we could want.
    .b = Then nothing is missing.
    .c = Noted, all of it.
have-nothing = Then we work with your own weight.
    .b = That is fine. Your own weight is enough.
    .c = No equipment, then.
easier-swap = We change from the { $old } to { $exercise }, which are gentler. Say harder to go back.
    .b = Then { $exercise } instead of the { $old }.
    .c = We'll do { $exercise } instead. They are easier.
harder-swap = We change from the { $old } to { $exercise }, which ask more of you. Say easier to go back.
    .b = Then { $exercise } instead of the { $old }.
    .c = We'll do { $exercise } instead. They are harder.
easier-when = Tell me when an exercise is too hard, and I'll give you an easier one.
harder-when = Tell me when an exercise is too easy, and I'll give you a harder one.

## Questions that end a turn

ask-start = Shall we start a workout?
    .b = Would you like to start a workout?
    .c = Ready for a workout?
ask-anything-else = Shall we do another one?
    .b = Would you like to do more?
    .c = Is there another one in you?
ask-floor = Can you lie down on the floor, and stand up again, without help?
    .b = Can you get down to the floor and up again by yourself?
    .c = Down to the floor and up again: can you do that by yourself?
ask-warm-up = Shall we warm up?
    .b = Ready to warm up?
    .c = Shall I start the warm-up?
ask-more-moves = Next: { $move }. Are you ready?
    .b = Then: { $move }. Shall we go on?
    .c = Now comes { $move }. Are you ready?
ask-move-on = We were at { $move }. Shall we go on?
    .b = Ready to go on with { $move }?
    .c = Shall we go on with { $move }?
ask-cool-down = Ready to cool down?
    .b = Shall we cool down?
    .c = Shall I start the cool-down?
ask-exercise = Ready for { $exercise }?
    .b = Shall we do { $exercise } now?
    .c = Shall we go on to { $exercise }?
ask-in-position = Are you in position?
    .b = Are you in place?
    .c = Are you set?
ask-teach = Shall I explain the { $exercise }?
    .b = Ready to hear how the { $exercise } goes?
    .c = Shall I tell you how the { $exercise } goes?
ask-set = Ready for set { $set }?
    .b = Shall we do set { $set }?
    .c = Set { $set }: are you ready?
ask-set-resting = About { $seconds } seconds of your rest are left. Ready for set { $set } already?
    .b = You have about { $seconds } seconds of rest left. Shall we do set { $set } now?
    .c = { $seconds } seconds of rest are left or so. Are you ready for set { $set }?
ask-anyway = Do you want to do one all the same?
    .b = Shall we do one all the same?
ask-from-rep = Ready to go on from rep { $rep }?
    .b = Shall we go on from rep { $rep }?
    .c = Rep { $rep } is next. Are you ready?
ask-side-left = Ready for the left leg?
    .b = Shall we do the left leg?
    .c = Is your left leg ready?
ask-side-right = Ready for the right leg?
    .b = Shall we do the right leg?
    .c = Is your right leg ready?
ask-side-both = Ready to go on?
ask-felt = How was that: easy, about right, or hard?
    .b = Was that easy, about right, or hard?
    .c = How did it feel: easy, about right, or hard?
ask-carry-on = Shall we carry on?
    .b = Are you ready to carry on?
    .c = Do you want to carry on?
ask-carry-on-or-over = Carry on, or start over?
    .b = Shall we carry on, or start over?
    .c = Would you rather carry on, or start over?
ask-next-step = Next step?
    .b = Shall I go on?
    .c = Ready for the next step?
ask-last-step = That is the last step. Shall we go back?
    .b = That was the last one. Shall we leave it there?
    .c = No more steps. Shall we go back?
ask-pain = Skip, easier, or carry on?
    .b = Which is it: skip, easier, or carry on?
    .c = Shall we skip, make it easier, or carry on?
ask-which = Which one would you like to hear about?
    .b = Which one do you mean?
    .c = Which one shall it be?
ask-which-of = Which one do you mean: { $exercises }?
    .b = There are several. Which one: { $exercises }?
ask-what-you-have = What do you have: a mat, a box, a band, a dumbbell, or a ball?
    .b = Which of these do you have: a mat, a box, a band, a dumbbell, or a ball?

reprompt-start = You can say, start a workout, or ask how an exercise is done. What would you like?
reprompt-floor = Say yes or no. Can you get down to the floor and up again without help?
reprompt-ready = Take your time. Say ready to go on, or pause. Are you ready?
    .b = No hurry. Say ready when you are, or say pause. Shall we go on?
    .c = I'll wait. Say ready, or pause. Are you ready?
reprompt-in-position = Take your time. Say ready when you are in position, or repeat to hear it again. Are you in position?
reprompt-felt = Say easy, about right, or hard, or say skip. How was it?
reprompt-paused = Take as long as you need. Your place is kept. Say carry on when you are ready, or stop. Shall we carry on?
reprompt-how-to = Say next, repeat, previous, or all of it. To leave, say carry on. What would you like?
reprompt-carry-on-or-over = Say carry on to go on where you stopped, or start over for a new beginning. Which one?

## Help

help-idle = I coach hip exercises by voice, rep by rep. Say, start a workout, and how long, such as ten minutes. You can ask how an exercise is done, tell me what equipment you have, or ask for a list. Say stop to leave.
help-safety = If you can lie down on the floor and stand up again without help, say yes. If not, say no, and we exercise standing or on a bed.
help-how-to = Say next, previous, repeat, start over, or all of it. Say carry on to go back, or stop to leave.
help-feedback = Tell me whether that was easy, about right, or hard. Say skip to leave that out, or stop to leave.
help-paused = Say carry on to go on, start over to begin the set again, skip for the next exercise, or stop to leave.
help-workout = Say ready to go on, pause, repeat, skip, or where am I. Say slower or faster, talk less, easier or harder, or ask for a tip. If anything hurts, tell me. Say stop to leave.

not-understood = Sorry, I did not get that.
    .b = I am not sure what you meant.
    .c = I didn't catch that.
offer-idle = You can say, start a workout, or help.
offer-safety = You can say yes or no.
offer-how-to = You can say next, repeat, or carry on.
offer-feedback = You can say easy, about right, or hard.
offer-paused = You can say carry on, or stop.
offer-workout = You can say ready, repeat, pause, or help.
broken = Something broke on my side, not on yours. Your place is kept. Please say that again, or open me again in a moment.

## Cards

card-plan = { $minutes ->
        [0] Your workout
       *[other] A workout of { $minutes } minutes
    }
card-how-to = How to: { $exercise }
card-list = Hip exercises

### Progress

## Why this dose

progress-new = { $exercises } are new on your list, so we begin with { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = You begin { $exercises } with { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }, the start of their range.
    .c = For a start with { $exercises }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-more-reps = You did every set of { $exercises } last time, so now it is { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = Last time went to plan, so we add a little: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } for { $exercises }.
    .c = You are ready for a little more of { $exercises }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-more-reps-easy = { $exercises } felt easy, so now it is { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = You told me { $exercises } were easy, so we take a bigger step: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = That was easy, you said. So { $exercises } go up to { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-hard = You found { $exercises } hard, so we stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = { $exercises } felt hard last time. We keep { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } until they feel better.
    .c = No more yet of { $exercises }, because they felt hard. Again { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-full-hard = You reached the top in every set of { $exercises }, but it felt hard. So we stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = Every set of { $exercises } was full, and it was hard work. We hold { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } until it feels right.
    .c = You have done all of it, and it felt hard. So { $exercises } stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-once-more = Every set of { $exercises } reached the top. Do that once more, and we step up.
    .b = You filled every set of { $exercises }. One more such workout, and we move on.
    .c = That was the top of the range for { $exercises }. Once more, then comes a step up.
progress-not-all-same = Last time { $exercises } were not quite complete, so we stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = We try { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } { $exercises } again until every set is complete.
    .c = { $exercises } stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }, since a few were missing last time.
progress-short-same = Last time { $exercises } fell short of the range, and that happens. We try { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } again.
    .b = One short day changes nothing. Your { $exercises } stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = { $exercises } were short last time, so we simply repeat { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-time-same = There was less time for { $exercises } last time, so we stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = Last time was a short one, so { $exercises } stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = We left out a set of { $exercises } for time. So again { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-more-sets = Twice in a row every set of { $exercises } reached the top. So we add a set, and the reps go back down: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = You filled every set of { $exercises } two workouts running. Now comes a set more, with fewer reps: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = { $exercises } have become yours, so a set is added, starting low: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-harder = You have mastered { $before }. So we step up to { $exercises }, with { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = Twice in a row you did all there is of { $before }. The next step is { $exercises }, with { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = Time for something harder than { $before }: { $exercises }, starting with { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-top = You are at the top of { $exercises }, as far as I take them here. Stay there, and keep your form clean.
    .b = { $exercises } are as full as I plan them. Holding that is a fine aim.
    .c = There is nothing to add to { $exercises } with what you have now. Keep them steady.
progress-short-reps = The last two workouts were short of the range, so we step back a little. Your { $exercises }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = Twice in a row it was less than planned, so we ease off. For { $exercises } the reps go down, to { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = Two workouts were hard to complete, so here is an easier start. We do { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } { $exercises }.
progress-short-sets = The last two workouts were short of the range, so we step back a little. Your { $exercises } have a set less now: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = Twice in a row it was less than planned, so we ease off. We take a set off { $exercises }, which leaves { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = Two workouts were hard to complete, so here is an easier start. With a set less, { $exercises } make { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-short-easier = The last two workouts were short of the range, so we step back a little. Now it is { $exercises } instead of { $before }, with { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = Twice in a row it was less than planned, so we ease off. In place of { $before } we do { $exercises }, with { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = Two workouts were hard to complete, so here is an easier start. Your { $exercises } come back for { $before }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-short-bottom-same = The last two workouts were short of the range. Your { $exercises } are at their lowest already, so we stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = { $exercises } are as low as I plan them, so take { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } slowly, and stop a set when you need to.
    .c = We keep { $exercises } at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }, the lowest there is. Take your time with them.
progress-hard-reps = You found { $exercises } hard twice in a row, so the reps go down: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = Twice running, { $exercises } felt hard. We ease off to { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = { $exercises } have been hard work lately, so here is an easier dose: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-hard-sets = You found { $exercises } hard twice in a row, so we take a set off: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = Twice running, { $exercises } felt hard. With a set less, they make { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = { $exercises } have been hard work lately, so we drop a set. That leaves { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-hard-easier = You found { $before } hard twice in a row, so we go back to { $exercises }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = Twice running, { $before } felt hard. In place of them we do { $exercises }, with { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = { $before } have been hard work lately, so your { $exercises } come back: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-hard-bottom-same = You found { $exercises } hard twice in a row, and they are at their lowest already. So we stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }. Stop a set early when you need to.
    .b = { $exercises } still feel hard, and { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } is as low as I plan them. Take your time, or say skip.
    .c = { $exercises } are at their lowest, so we stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }. If they stay hard, say: slower, or more rest.
progress-asked-easier = Last time you did { $exercises } and not { $before }, so we stay with them: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = You went back to { $exercises } from { $before }, so we build on those: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = We leave { $before } for now and go on with { $exercises }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-level-easier = At the level you named, it is { $exercises } instead of { $before }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = You named an easier level, so your { $exercises } come back for { $before }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = To keep to your level, we leave { $before } and do { $exercises }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-break-reps = It has been more than three weeks, so we step back a little. Your { $exercises }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = After a long break we begin gently. For { $exercises } the reps go down, to { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = You were away for a while, so we start lower and build up again. We do { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } { $exercises }.
progress-break-sets = It has been more than three weeks, so we step back a little. Your { $exercises } have a set less now: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = After a long break we begin gently. We take a set off { $exercises }, which leaves { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = You were away for a while, so we start lower and build up again. With a set less, { $exercises } make { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-break-easier = It has been more than three weeks, so we step back a little. Now it is { $exercises } instead of { $before }, with { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = After a long break we begin gently. In place of { $before } we do { $exercises }, with { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .c = You were away for a while, so we start lower and build up again. Your { $exercises } come back for { $before }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-break-bottom-same = It has been more than three weeks. Your { $exercises } are at their lowest already, so we stay at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
    .b = { $exercises } are as low as I plan them, so take { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } slowly, and stop a set when you need to.
    .c = We keep { $exercises } at { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }, the lowest there is. Take your time with them.

## Hands free

stream-begins = Now it plays by itself. At any time, say: Alexa, pause. Or next, or previous.
    .b = It runs by itself from here. Say: Alexa, pause, whenever you need to. Or next, or previous.
    .c = From here on just follow my voice. Say: Alexa, pause, to stop. Or next, or previous.
stream-on = On we go.
    .b = We carry on.
    .c = Here we go again.
stream-not-here = The recorded workout cannot be played here. I coach you step by step instead.
    .b = This device cannot play the recorded workout, but I can coach you step by step.
stream-fixed = Here is the { $minutes }-minute workout, as it was recorded. Say: Alexa, pause, at any time.
    .b = This is the recorded workout of { $minutes } minutes. Say: Alexa, pause, whenever you need to.
stream-guide = Here is how to do the { $exercise }.
    .b = This is how the { $exercise } is done.
stream-set-out = Set it out now, within reach. If you need longer, or want to stop, call your speaker by its name and say: pause.
    .b = Put it within reach now. To have more time, or to stop, call your speaker by its name and say: pause.
    .c = Get it ready now, close to you. Whenever you need a break, call your speaker by its name and say: pause.
stream-either = { $one } or { $other }
stream-before-floor = From here on we are down on the floor. To stop me from there, call your speaker by its name and say: pause.
    .b = Now we go down. If you need to stop there, call your speaker by its name and say: pause.
    .c = Next is the floor. My voice stops when you call your speaker by its name and say: pause.
stream-number-at-top = From here on you hear the number at the top of each rep, and then you go back.
    .b = Now the number alone leads you. It comes at the top of the movement, and then you go back.
    .c = Listen for the number. It comes at the top, and after it you go back.
stream-title = My Hip Workout
stream-title-warm-up = Warm-up
stream-title-cool-down = Cool-down
stream-title-set = { $exercise }, set { $set } of { $sets }
stream-in-order = A workout has its order, so I play it straight through, once.
    .b = The order is part of the workout, so I keep it, and play it once.
stream-failed = The sound could not be played the last time, so I coach you step by step now.

## Reminders

reminder-hourly = Getting up every thirty to sixty minutes is the advice. What I set repeats every four hours at most, so nothing of mine can ring every hour by itself. I can set one reminder for each hour instead.
reminder-weekends-too = They ring at weekends too.
reminder-how-often = Two or three days a week, with a day between, is a good aim.
    .b = Two days a week are good, and three are better, with a day between.
reminder-offer = I would remind you { $reminders }.
    .b = So I remind you { $reminders }.
    .c = That makes a reminder { $reminders }.
reminder-workout = to work out on { $days } { $times }
reminder-workout-daily = to work out every day { $times }
reminder-workout-once = to work out, just once, on { $days } { $times }
reminder-get-up = to get up and move on { $days } { $times }
reminder-get-up-daily = to get up and move every day { $times }
reminder-get-up-once = to get up and move, just once, on { $days } { $times }
reminder-time-past = That time is over for today.
reminder-set = Done. I remind you { $reminders }.
    .b = That is set. I remind you { $reminders }.
    .c = All right, I remind you { $reminders }.
reminder-none-set = All right, no reminder.
    .b = Fine, nothing is set.
    .c = Then I set none.
reminder-stays = Good, they stay.
    .b = All right, nothing is cancelled.
reminder-not-set = Not set: { $reminders }.
reminder-not-cancelled = Still there: { $reminders }.
reminder-most = That would be { $n } reminders. The most I set at once is { $most }, so name fewer days or hours.
reminder-allowed = Thank you, reminders are allowed now. Tell me again when to remind you.
reminder-declined = All right, no reminders, and I do not ask again for a week. You can allow them in the Alexa app at any time.
reminder-declined-lately = You said no to reminders a few days ago, so I do not ask yet. You can allow them in the Alexa app, in the settings of this skill.
reminder-card = Nothing is set yet. I have put a card into the Alexa app. Allow reminders there, and then ask me again.
reminder-of-what = If you want a reminder, say: remind me to work out.
    .b = For a reminder, say: remind me to work out.
reminder-not-here = Reminders need a smart speaker, so I can set none here.
reminder-list = { $n ->
        [one] One reminder is set:
       *[other] { $n } reminders are set:
    } { $reminders }.
reminder-list-none = You have no reminders from me. Say, remind me to work out, and I set some.
    .b = There are no reminders of mine. To get some, say, remind me to work out.
reminder-no-such = None of your reminders is at that time. Say, cancel my reminders, if you mean all of them.
    .b = I have no reminder then. To be rid of all, say, cancel my reminders.
reminder-cancel = { $n ->
        [one] That is one reminder:
       *[other] Those are { $n } reminders:
    } { $reminders }.
reminder-cancelled = { $n ->
        [one] One reminder is cancelled.
       *[other] { $n } reminders are cancelled.
    }
reminder-forget-stay = I could not cancel your reminders. You can delete them in the Alexa app.
reminder-refused-not-allowed = I may neither read nor set reminders until you allow it in the Alexa app, in the settings of this skill.
reminder-refused-bad-time = Amazon does not take reminders at such a time. Another time may do.
reminder-refused-device = This device cannot have reminders. Try it on another one.
reminder-refused-too-many = You have as many reminders as Amazon allows. Delete some in the Alexa app first.
reminder-refused-gone = It was gone already.
reminder-refused-changed = Something else was changing your reminders at the same moment. Ask me once more.
reminder-refused-busy = That was too much at once for Amazon. Wait a minute, and ask me again.
reminder-refused-broken = Something went wrong with it at Amazon or with me. You can set it in the Alexa app instead.
reminder-refused-down = Amazon's reminders are out of service just now. Please try it again later.
reminder-refused-slow = Amazon did not answer in time, so I cannot tell whether it was done. Ask which reminders you have in a minute.
reminder-refused-unreachable = I could not reach Amazon's reminders just now. Please try it again later.
reminder-spoken-workout = Time for your hip workout. Say, Alexa, open my hip workout.
reminder-spoken-get-up = Time to get up and move for a few minutes. Your hips have been folded long enough.
ask-reminders-when = Which days, and what time of the day?
    .b = On which days, and at what time?
    .c = When shall I remind you: which days, and at what time?
ask-reminders-days = Which days shall it be?
    .b = On which days?
    .c = On which days of the week?
ask-reminders-time = What time shall it be?
    .b = At what time?
    .c = At what time of the day?
ask-reminders-set = { $n ->
        [one] Do you want this reminder?
       *[other] Do you want these { $n } reminders?
    }
    .b = { $n ->
        [one] Shall I set this reminder?
       *[other] Shall I set these { $n } reminders?
    }
    .c = { $n ->
        [one] Is that right, and shall I set this reminder?
       *[other] Is that right, and shall I set these { $n } reminders?
    }
ask-reminders-cancel = Do you want that cancelled?
    .b = Shall I cancel that?
    .c = Shall that be cancelled?
reprompt-reminders-when = Name days and a time, such as Monday and Thursday at eight in the morning, or say stop. When shall I remind you?
day-0 = Monday
day-1 = Tuesday
day-2 = Wednesday
day-3 = Thursday
day-4 = Friday
day-5 = Saturday
day-6 = Sunday
day-weekdays = weekdays
clock-midnight = midnight
clock-noon = noon
clock-at = at { $times }
clock-night = { $time } at night
clock-morning = { $time } in the morning
clock-afternoon = { $time } in the afternoon
clock-evening = { $time } in the evening
clock-each-hour = each hour from { $first } to { $last }

## How it is going

forget-what = I would forget your workouts, your place, and how you like to be coached.
    .b = Then your workouts, your place and your wishes would be gone.
    .c = That takes away your workouts, your place and all I know of how you like it.
forget-done = Everything about you is forgotten. Goodbye.
forget-failed = I could not forget you just now, because my memory does not answer. Please ask me again later. Goodbye.
forget-not = Good, everything stays.
    .b = All right, nothing is forgotten.
    .c = Then I keep it all.
ask-forget = Shall I really forget everything about you?
    .b = Are you sure that I should forget everything about you?
    .c = Do you really want me to forget all of it?
progress-universal-time = I could not find out your time zone, so I count days by universal time.
progress-nothing-yet = There is no finished workout yet. Say: start a workout, and we make the first one.
    .b = You have not finished a workout with me yet. The first one can be as short as five minutes.
    .c = Your first workout is still to come. Whenever you like, say: start a workout.
progress-week = This week you did { $workouts ->
        [one] one workout
       *[other] { $workouts } workouts
    }.
    .b = You have done { $workouts ->
        [one] one workout
       *[other] { $workouts } workouts
    } this week.
    .c = { $workouts ->
        [one] one workout
       *[other] { $workouts } workouts
    } since Monday.
progress-week-none = You have not trained this week yet.
    .b = There is no workout this week so far.
    .c = This week is still open.
progress-aim = Two or three days a week, with a day between, is what to aim for.
    .b = Aim for two or three days a week, and rest on the days between.
    .c = Two or three days a week do it, with a day off after each.
progress-streak = You have kept at least two days a week for { $weeks ->
        [one] one week
       *[other] { $weeks } weeks
    }.
    .b = That makes { $weeks ->
        [one] one week
       *[other] { $weeks } weeks
    } in a row with two days of training or more.
    .c = Your streak is { $weeks ->
        [one] one week
       *[other] { $weeks } weeks
    } long.
progress-in-all = In all, I have noted { $workouts ->
        [one] one workout
       *[other] { $workouts } workouts
    }.
    .b = That makes { $workouts ->
        [one] one workout
       *[other] { $workouts } workouts
    } altogether.
    .c = Altogether you have done { $workouts ->
        [one] one workout
       *[other] { $workouts } workouts
    } that I know of.
progress-rest-after-today = You have trained today. Tomorrow is a good day to rest.
    .b = Today's work is done. Rest tomorrow, and come back the day after.
    .c = One workout a day is plenty, and a day between lets your muscles recover.
progress-rest-after-yesterday = You trained yesterday, so a day of rest would do you good. A rest day does not break your streak.
    .b = Yesterday was a training day. Your muscles grow stronger on the day between, so you may rest today.
    .c = Two days running is more than you need. Rest today if you like, or keep it short and gentle.

## What was done last time

progress-last-today = Your last workout was today.
    .b = You trained earlier today.
    .c = The last one was today.
progress-last-yesterday = Your last workout was yesterday.
    .b = You trained yesterday.
    .c = The last one was yesterday.
progress-last-days = Your last workout was { $days } days ago.
    .b = You last trained { $days } days ago.
    .c = The last one was { $days } days ago.
progress-did = You did { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } { $exercises }.
    .b = It was { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps } { $exercises }.
    .c = { $exercises }: { $sets ->
        [one] one set
       *[other] { $sets } sets
    } of { $reps }.
progress-did-uneven = You did { $reps ->
        [one] one rep
       *[other] { $reps } reps
    } of the { $exercise } in { $sets ->
        [one] one set
       *[other] { $sets } sets
    }.
    .b = It was { $reps ->
        [one] one rep
       *[other] { $reps } reps
    } of the { $exercise }, over { $sets ->
        [one] one set
       *[other] { $sets } sets
    }.
    .c = The { $exercise }: { $reps ->
        [one] one rep
       *[other] { $reps } reps
    } in { $sets ->
        [one] one set
       *[other] { $sets } sets
    }.
progress-felt-easy = You said it was easy.
    .b = It felt easy to you.
    .c = That was easy, you told me.
progress-felt-right = You said it was just right.
    .b = It felt about right to you.
    .c = That was just right, you told me.
progress-felt-hard = You said it was hard.
    .b = It felt hard to you.
    .c = That was hard, you told me.


## Guides as files: titles, and the page that plays them

guide-album = My Hip Workout
guide-album-about = Hip-extension exercises for ears alone: how they are done, sets paced rep by rep, and whole workouts.
guide-set = { $exercise }, { $reps } reps
guide-warm-up = Warm-up
guide-cool-down = Cool-down
guide-break = Sitting break
guide-position = Getting into position
guide-movement = The movement
guide-faults = What can go wrong
guide-captions = Captions
guide-text = The text
guide-file = Download
guide-feed = Podcast feed
guide-playlist = Playlist of the workouts


## On a screen, beside what is said

screen-set = set { $set } of { $sets }
screen-exercise =
    { $exercise }: { $sets ->
        [one] one set of { $reps }
       *[other] { $sets } sets of { $reps }
    }

screen-try = Try
screen-next = Next: { $next }
screen-block = Exercise { $block } of { $blocks }
screen-step = Step { $step } of { $steps }
screen-rep-of = of { $reps }
screen-seconds = seconds
screen-side-left = left side
screen-side-right = right side
screen-figure = { $exercise }, drawn in its movement
screen-heading-safety = Before we start
screen-heading-warm-up = Warm-up
screen-heading-cool-down = Cool-down
screen-heading-rest = Rest
screen-heading-side-change = Other side
screen-heading-feedback = How was that?
screen-heading-paused = Paused
screen-heading-done = Done for today
screen-heading-choice = The exercises
screen-heading-week = This week
screen-cue-set-up = Get into position
screen-cue-ready = Get ready
screen-cue-lift = Lift
screen-cue-hold = Hold
screen-cue-lower = Lower
screen-cue-side-change = Change sides
screen-cue-move = Keep moving
screen-plan =
    { $minutes ->
        [one] One minute
       *[other] { $minutes } minutes
    }
screen-moves =
    { $moves ->
        [one] one move
       *[other] { $moves } moves
    }
screen-dose =
    { $sets ->
        [one] one set of { $reps }
       *[other] { $sets } sets of { $reps }
    }
screen-week =
    { $workouts ->
        [0] No workout yet
        [one] One workout
       *[other] { $workouts } workouts
    }
screen-streak =
    { $weeks ->
        [one] one good week
       *[other] { $weeks } good weeks in a row
    }
screen-days = M T W T F S S

### What the listener may say: the exact words, which screens and the page suggest

suggest-open = start my hip workout
suggest-open-ten-minutes = ask my hip workout for ten minutes
suggest-open-how-to = ask my hip workout how to do { $exercises }
suggest-yes = yes
suggest-no = no
suggest-help = help
suggest-stop = stop
suggest-ten-minutes = ten minutes
suggest-how-to = how do I do { $exercises }
suggest-how-is-it-done = how is it done
suggest-progress = how am I doing
suggest-bed = on the bed
suggest-ready = ready
suggest-repeat = repeat
suggest-pause = pause
suggest-resume = carry on
suggest-over = start over
suggest-next = next
suggest-previous = previous
suggest-all-of-it = all of it
suggest-skip = skip it
suggest-skip-warm-up = skip the warm-up
suggest-skip-rest = skip the rest
suggest-more-rest = more rest
suggest-where = where am I
suggest-how-many-left = how many left
suggest-how-long = how much longer
suggest-easier = easier
suggest-slower = slower
suggest-easy = easy
suggest-right = about right
suggest-hard = hard
suggest-too-hard = too hard
suggest-pain = it hurts
suggest-two-days = Monday and Thursday
suggest-every-day = every day
suggest-morning = at eight in the morning
suggest-evening = at six in the evening
suggest-two-days-morning = Monday and Thursday at eight in the morning
suggest-every-day-evening = every day at six in the evening
